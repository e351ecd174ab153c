// Checks transparency logs with golang.org/x/mod (sumdb/tlog, sumdb/note), which are not ours.
//
//	tlog-check FOLDER…
//
// A folder holds vkey, checkpoints/SIZE, tile/… as they are served, and proofs: lines "inclusion INDEX SIZE HASH…" and
// "consistency OLD SIZE HASH…", hashes in hexadecimal. For each folder one line is printed: "ok CHECKPOINTS PROOFS", or
// "bad" and why.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// hashes is what tlog asks for stored hashes; filled from the entries, never from the tiles.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, 0, len(indexes))
	for _, index := range indexes {
		if index >= int64(len(h)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		found = append(found, h[index])
	}
	return found, nil
}

// folder reads tiles as a client would.
type folder string

func (f folder) Height() int { return height }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := f.read(pathOf(tile))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f folder) read(path string) ([]byte, error) {
	return os.ReadFile(filepath.Join(string(f), filepath.FromSlash(path)))
}

// pathOf leaves out the height, which tlog-tiles does not write.
func pathOf(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
}

func bundlePath(number int64, width int) string {
	path := pathOf(tlog.Tile{H: height, L: 0, N: number, W: width})
	return strings.Replace(path, "tile/0/", "tile/entries/", 1)
}

type log struct {
	folder
	verifier note.Verifier
	stored   hashes
	leaves   []tlog.Hash
	roots    map[int64]tlog.Hash
	seen     map[string]bool
}

func (l *log) entries(size int64) error {
	for number := int64(0); number*256 < size; number++ {
		width := size - number*256
		if width > 256 {
			width = 256
		}
		path := bundlePath(number, int(width))
		if l.seen[path] {
			continue
		}
		data, err := l.read(path)
		if err != nil {
			return err
		}
		for at := int64(0); at < width; at++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return fmt.Errorf("%s is cut", path)
			}
			length := int(binary.BigEndian.Uint16(data))
			leaf := tlog.RecordHash(data[2 : 2+length])
			data = data[2+length:]
			index := number*256 + at
			if index < int64(len(l.leaves)) {
				if l.leaves[index] != leaf {
					return fmt.Errorf("%s: entry %d differs from another bundle", path, index)
				}
				continue
			}
			more, err := tlog.StoredHashesForRecordHash(index, leaf, l.stored)
			if err != nil {
				return err
			}
			l.leaves = append(l.leaves, leaf)
			l.stored = append(l.stored, more...)
		}
		if len(data) != 0 {
			return fmt.Errorf("%s is too long", path)
		}
		l.seen[path] = true
	}
	return nil
}

func (l *log) checkpoint(size int64) error {
	data, err := l.read(fmt.Sprintf("checkpoints/%d", size))
	if err != nil {
		return err
	}
	opened, err := note.Open(data, note.VerifierList(l.verifier))
	if err != nil {
		return fmt.Errorf("checkpoint %d: %v", size, err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != l.verifier.Name() || lines[1] != strconv.FormatInt(size, 10) {
		return fmt.Errorf("checkpoint %d: not its form", size)
	}
	raw, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(raw) != 32 {
		return fmt.Errorf("checkpoint %d: no root", size)
	}
	var root tlog.Hash
	copy(root[:], raw)
	l.roots[size] = root
	if size == 0 {
		if root != tlog.Hash(sha256.Sum256(nil)) {
			return fmt.Errorf("checkpoint 0: not the root of an empty log")
		}
		return nil
	}
	if err := l.entries(size); err != nil {
		return err
	}
	computed, err := tlog.TreeHash(size, l.stored)
	if err != nil || computed != root {
		return fmt.Errorf("checkpoint %d: the entries give another root (%v)", size, err)
	}
	tiles := tlog.NewTiles(height, 0, size)
	for at, tile := range tiles {
		// Some versions name every width up to the last one, which a log of this one checkpoint does not need.
		if at+1 < len(tiles) && tiles[at+1].L == tile.L && tiles[at+1].N == tile.N {
			continue
		}
		wanted, err := tlog.ReadTileData(tile, l.stored)
		if err != nil {
			return err
		}
		found, err := l.read(pathOf(tile))
		if err != nil || !bytes.Equal(found, wanted) {
			return fmt.Errorf("checkpoint %d: %s differs (%v)", size, pathOf(tile), err)
		}
	}
	// As a client: the first and the last leaf by way of tiles alone.
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, l.folder)
	ends := []int64{tlog.StoredHashIndex(0, 0), tlog.StoredHashIndex(0, size-1)}
	found, err := reader.ReadHashes(ends)
	if err != nil || found[0] != l.leaves[0] || found[1] != l.leaves[size-1] {
		return fmt.Errorf("checkpoint %d: a client of tiles reads other leaves (%v)", size, err)
	}
	return nil
}

func (l *log) proof(line string) error {
	words := strings.Fields(line)
	if len(words) < 3 {
		return fmt.Errorf("no proof: %q", line)
	}
	first, err1 := strconv.ParseInt(words[1], 10, 64)
	size, err2 := strconv.ParseInt(words[2], 10, 64)
	root, known := l.roots[size]
	if err1 != nil || err2 != nil || !known {
		return fmt.Errorf("no proof: %q", line)
	}
	var path []tlog.Hash
	for _, word := range words[3:] {
		raw, err := hex.DecodeString(word)
		if err != nil || len(raw) != 32 {
			return fmt.Errorf("no hash: %q", word)
		}
		path = append(path, tlog.Hash(*(*[32]byte)(raw)))
	}
	switch words[0] {
	case "inclusion":
		return tlog.CheckRecord(tlog.RecordProof(path), size, root, first, l.leaves[first])
	case "consistency":
		return tlog.CheckTree(tlog.TreeProof(path), size, root, first, l.roots[first])
	}
	return fmt.Errorf("no proof: %q", line)
}

func check(path string) (int, int, error) {
	l := &log{folder: folder(path), roots: map[int64]tlog.Hash{}, seen: map[string]bool{}}
	vkey, err := l.read("vkey")
	if err != nil {
		return 0, 0, err
	}
	if l.verifier, err = note.NewVerifier(strings.TrimSpace(string(vkey))); err != nil {
		return 0, 0, err
	}
	names, err := os.ReadDir(filepath.Join(path, "checkpoints"))
	if err != nil {
		return 0, 0, err
	}
	var sizes []int64
	for _, name := range names {
		size, err := strconv.ParseInt(name.Name(), 10, 64)
		if err != nil {
			return 0, 0, err
		}
		sizes = append(sizes, size)
	}
	sort.Slice(sizes, func(a, b int) bool { return sizes[a] < sizes[b] })
	for _, size := range sizes {
		if err := l.checkpoint(size); err != nil {
			return 0, 0, err
		}
	}
	text, err := l.read("proofs")
	if err != nil {
		return 0, 0, err
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, line := range lines {
		if err := l.proof(line); err != nil {
			return 0, 0, fmt.Errorf("%s: %v", line, err)
		}
	}
	return len(sizes), len(lines), nil
}

func main() {
	for _, path := range os.Args[1:] {
		checkpoints, proofs, err := check(path)
		if err != nil {
			fmt.Println("bad", strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Println("ok", checkpoints, proofs)
		}
	}
}
