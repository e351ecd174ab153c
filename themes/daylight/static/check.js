// The box "Check this record": shows its button. What checks is fetched when the button is pressed, not before.
//
// In: boxes with `data-prove`, as parts/prove.html writes them. Out: prove.js, called with the box.

for (const box of document.querySelectorAll('[data-prove]')) {
  const button = box.querySelector('button')
  const said = box.querySelector('[data-said]')
  let busy = false
  button.hidden = false
  button.addEventListener('click', async () => {
    if (busy) return
    busy = true
    try {
      const { prove } = await import(box.dataset.module)
      await prove(box)
    } catch {
      said.textContent = box.dataset.failed
    }
    busy = false
  })
}
