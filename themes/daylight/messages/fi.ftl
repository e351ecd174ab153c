# Daylight: suomi. Every language has the same keys; a site may replace any of them in its own messages.

# The frame of every page
skip = Siirry sisältöön
language = Kieli
main-navigation = Päävalikko
breadcrumb = Olet tässä
home = Etusivu
follow = Seuraa meitä
about-this-site = Tietoa sivustosta
last-built = Sivusto päivitetty
no-tracking = Ei evästeitä, ei seurantaa.
updated = Päivitetty
published = Julkaistu
expires = Voimassaolo päättyy
undated = Päiväämätön

# Kinds
kind-decision = Päätös
kind-update = Häiriötiedote
kind-alert = Varoitus
kind-consultation = Kuuleminen
kind-correction = Korjaus
kind-service = Palvelu
kind-meeting = Kokous
kind-notice = Kuulutus
kind-vacancy = Avoin työpaikka
kind-page = Sivu
kinds-decision = Päätökset
kinds-update = Häiriötiedotteet
kinds-alert = Varoitukset
kinds-consultation = Kuulemiset
kinds-correction = Korjaukset
kinds-service = Palvelut
kinds-meeting = Kokoukset
kinds-notice = Ilmoitustaulu
kinds-vacancy = Avoimet työpaikat
kinds-page = Sivut
nav-decision = Päätökset
nav-service = Palvelut
nav-consultation = Osallistu
nav-correction = Korjaukset
nav-meeting = Kokoukset
nav-notice = Ilmoitustaulu
about-decision = Mitä on päätetty, kuka päätti, miksi ja miten päätöksestä voi valittaa.
about-update = Häiriöt, suunnitellut työt ja muutokset palveluissamme.
about-alert = Nyt voimassa olevat varoitukset sekä aiemmat, joissa vaara on ohi.
about-consultation = Kysymykset, joihin voit nyt vastata, ja mihin aiemmat vastaukset johtivat.
about-correction = Omat virheemme, jotka olemme korjanneet, sekä väärät väitteet ja tosiasiat.
about-service = Kaikki palvelut aakkosjärjestyksessä ja miten ne toimivat juuri nyt.
about-meeting = Esityslista ennen kokousta, pöytäkirja sen jälkeen.
about-notice = Lain vaatimat kuulutukset ja ilmoitukset. Muuta täällä ei julkaista.
about-vacancy = Työpaikat, joihin voit hakea.
about-page = Tietoa kunnasta ja sivustosta.

# Home and lists
latest-decisions = Uusimmat päätökset
all-decisions = Kaikki päätökset
all-services = Kaikki palvelut
all-corrections = Kaikki korjaukset
no-open-consultation = Juuri nyt mikään kuuleminen ei ole avoinna.
services-now = Palvelut juuri nyt
checked = Tarkistettu
put-right = Korjattua
own-corrections = Korjasimme omaa tekstiämme
false-claims = Väitteet ja tosiasiat
nothing-here = Täällä ei ole vielä mitään.
pages = Sivut
newer = Uudemmat
older = Vanhemmat
previous = Edellinen
next = Seuraava
neighbours = Edellinen ja seuraava
feed-of-list = Luettelon syöte
feed-of-everything = Kaikkien uutisten syöte
by-kind = Tyypin mukaan
by-year = Vuoden mukaan
by-body = Päättäjän mukaan
by-topic = Aiheen mukaan
by-place = Paikan mukaan
by-audience = Kohderyhmän mukaan
group-alert-active = Voimassa nyt
group-consultation-open = Avoinna vastauksille
group-consultation-upcoming = Avautuu pian
group-meeting-upcoming = Tulevat kokoukset
group-notice-posted = Nähtävänä nyt
group-vacancy-open = Haettavana nyt
group-update-outage = Katkokset juuri nyt
group-update-degraded = Häiriöt juuri nyt
group-update-maintenance = Käynnissä olevat työt
group-update-planned = Suunnitellut työt
disturbed-now = Häiriöt juuri nyt
planned-work = Suunnitellut ja käynnissä olevat työt
over-now = Päättyneet
board-appeal = Kunnan päätöksestä voi valittaa hallinto-oikeuteen. Valituksen on oltava perillä kolmen viikon kuluessa siitä päivästä, jona pöytäkirjasta ilmoitettiin täällä.
calendar = Kalenteri
calendar-about = Kokoukset ja viimeiset päivät: vastata, hakea, valittaa.
calendar-meeting = Kokous
calendar-closes = Viimeinen vastauspäivä
calendar-opens = Kuuleminen alkaa
calendar-apply = Viimeinen hakupäivä
calendar-appeal = Viimeinen valituspäivä
past-meetings = Aiemmat kokoukset
subscribe = Tilaa
subscribe-about = Valitse, mitä haluat seurata. Syötteenlukija hakee uutiset; et tarvitse tunnusta etkä anna osoitettasi.
not-found = Sivua ei löytynyt
not-found-about = Osoite voi olla väärin kirjoitettu tai sivu on siirretty. Mitään ei poisteta vaivihkaa: peruutetullakin asialla on yhä sivunsa.
to-home = Etusivulle

# A record
in-plain-language = Lyhyesti
key-facts = Keskeiset tiedot
on-this-page = Tällä sivulla
case = Asia
responsible = Vastuutaho
areas = Alueet
topics = Aiheet
audiences = Keitä koskee
documents = Asiakirjat
withheld = Ei julkaista
timeline = Asian vaiheet
still-ahead = Tulossa
changes-to-this-page = Sivun muutokset
first-published = Julkaistu ensimmäisen kerran.
corrected = Korjattu
superseded = Korvattu
related = Katso myös
decisions-after = Kuulemisen jälkeen tehdyt päätökset
decided-here = Täällä päätettiin
decision-taken = Päätös
where-announced = Missä kerroimme asiasta
leaves-site = Linkit vievät muille sivustoille.
follow-and-ask = Seuraa ja kysy
ask-or-report = Kysy tai ilmoita virheestä
notice-withdrawn = Tämä on peruutettu.
notice-stale = Käännös on alkuperäistä vanhempi. Alkuperäinen on voimassa:
notice-superseded = Uudempi päätös on korvannut tämän:
notice-amended = Osittain muutettu:
notice-corrected = Sivua on korjattu:
notice-supersedes = Tämä korvaa:
notice-amends = Tämä muuttaa osittain:
notice-corrects = Tämä korjaa:

# Decisions
what-was-decided = Mitä päätettiin
why = Miksi
cost = Kustannukset
options = Harkitut vaihtoehdot
chosen = Valittu
not-chosen = Ei valittu
pros = Hyödyt
cons = Haitat
why-chosen = Miksi tämä valittiin
why-not-chosen = Miksi tätä ei valittu
how-they-voted = Miten äänestettiin
vote-for = puolesta
vote-against = vastaan
vote-abstained = tyhjää
vote-absent = poissa
vote-filled = täytetyt pisteet
vote-rings = renkaat
vote-dots = pienet pisteet
vote-roll = Äänet puolueittain tai paikoittain
vote-who = Puolue tai paikka
vote-how = Ääni
seats = Paikkoja
interests = Esteellisyydet
none-declared = Ei ilmoitettu.
left-room = Poistui huoneesta.
dispensation = Poikkeuslupa
reservations = Eriävät mielipiteet
legal-basis = Oikeusperuste
how-to-appeal = Miten päätöksestä valitetaan
appeal-by = Valita viimeistään
appeal-must-arrive = Valituksen on oltava perillä viimeistään tänä päivänä.
appeal-to = Valitusviranomainen
decided-on = Päätetty
decision-makers = Päättäjät
announced-on-board = Ilmoitettu ilmoitustaululla
in-force-from = Tulee voimaan
valid-until = Voimassaolo päättyy
implemented-on = Toteutettu
last-day-to-appeal = Viimeinen valituspäivä
partly-published = Osaa tiedoista ei julkaista.

# Alerts and updates
what-to-do-now = Toimi nyt näin
what-applied = Mitä ohjeita annettiin
questions = Kysyttävää? Soita
next-update = Seuraava tiedote
all-clear = Vaara ohi
updates = Päivitykset
severity = Vakavuus
urgency = Kiireellisyys
certainty = Varmuus
category = Luokka
response = Toimenpide
effective = Voimassaolo alkaa
onset = Alkoi
coordinates = Koordinaatit
state = Tilanne
starts = Alkaa
ends = Päättyy

# Consultations
opens = Avautuu
closes = Sulkeutuu
who-may-answer = Kuka voi vastata
answer-by = Vastaa viimeistään
what-we-heard = Mitä kuulimme ja mitä teimme
you-said = Te sanoitte
we-did = Me teimme
result = Tulos
the-question = Kysymys
take-part = Näin osallistut
events = Tilaisuudet

# Corrections
verdict = Arvio
correction-type = Tyyppi
corrects = Korjaa
what-is-true = Mikä pitää paikkansa
the-claim = Väite
seen-at = Missä nähty
now-reads = Oikein on
was-wrong = Sivulla luki
evidence = Lähteet

# Services, meetings, notices, vacancies
time-needed = Kuinka kauan se kestää
ways = Asiointitavat
who = Kenelle
bring = Ota mukaan
hours = Aukioloajat
where = Paikka
agenda = Esityslista
minutes = Pöytäkirja
notice-kind = Kuulutuksen tyyppi
posted = Asetettu nähtäville
approved = Pöytäkirja tarkastettu
take-down = Poistetaan
kept-at = Säilytyspaikka
apply-by = Hae viimeistään
employment = Työsuhde
salary = Palkka

# What Markdown needs
md-table = Taulukko
md-footnotes = Alaviitteet
md-footnote-back = Takaisin tekstiin
md-done = Tehty
md-open = Tekemättä
md-note = Huomautus
md-tip = Vinkki
md-important = Tärkeää
md-warning = Varoitus
md-caution = Vaara

# Statuses; the second text stands beside a date
status-upcoming = Tulossa
status-upcoming-date = Alkaa { $date }
status-open = Avoinna
status-open-date = Avoinna { $date } saakka
status-closed = Suljettu
status-closed-date = Suljettu { $date }
status-decided = Päätetty
status-decided-date = Päätetty { $date }
status-appealable = Päätetty
status-appealable-date = Voi valittaa { $date } saakka
status-final = Lainvoimainen
status-final-date = Lainvoimainen { $date } alkaen
status-in-force = Voimassa
status-in-force-date = Voimassa { $date } alkaen
status-implemented = Toteutettu
status-implemented-date = Toteutettu { $date }
status-expired = Voimassaolo päättynyt
status-expired-date = Voimassaolo päättyi { $date }
status-superseded = Korvattu
status-superseded-date = Korvattu { $date }
status-withdrawn = Peruutettu
status-withdrawn-date = Peruutettu { $date }
status-active = Voimassa nyt
status-active-date = Alkaen { $date }
status-resolved = Vaara ohi
status-resolved-date = Vaara ohi { $date }
status-operational = Toimii normaalisti
status-operational-date = Toiminut normaalisti { $date } alkaen
status-maintenance = Huolto
status-maintenance-date = Huolto { $date } alkaen
status-degraded = Häiriöitä
status-degraded-date = Häiriöitä { $date } alkaen
status-outage = Ei toimi
status-outage-date = Poissa käytöstä { $date } alkaen
status-planned = Suunniteltu
status-planned-date = Suunniteltu alkamaan { $date }
status-over = Päättynyt
status-over-date = Päättyi { $date }
status-posted = Nähtävänä
status-posted-date = Poistetaan { $date }
status-taken-down = Poistettu
status-taken-down-date = Poistettu { $date }
status-corrected = Korjattu
status-corrected-date = Korjattu { $date }
status-verdict-false = Väite ei pidä paikkaansa
status-verdict-false-date = Tarkistettu { $date }
status-verdict-misleading = Väite on harhaanjohtava
status-verdict-misleading-date = Tarkistettu { $date }
status-verdict-missing-context = Väitteestä puuttuu asiayhteys
status-verdict-missing-context-date = Tarkistettu { $date }
status-verdict-outdated = Väite on vanhentunut
status-verdict-outdated-date = Tarkistettu { $date }
status-verdict-satire = Väite on satiiria
status-verdict-satire-date = Tarkistettu { $date }
status-verdict-true = Väite pitää paikkansa
status-verdict-true-date = Tarkistettu { $date }
status-own-error = Korjasimme oman virheemme
status-own-error-date = Korjattu { $date }
status-published = Julkaistu
status-published-date = Julkaistu { $date }

# Words of closed lists
word-state-operational = Toimii normaalisti
word-state-maintenance = Huolto
word-state-degraded = Häiriöitä
word-state-outage = Ei toimi
word-category-geo = Maa ja maaperä
word-category-met = Sää
word-category-safety = Turvallisuus
word-category-security = Rikokset ja uhat
word-category-rescue = Pelastustoimi
word-category-fire = Tulipalo
word-category-health = Terveys
word-category-env = Ympäristö
word-category-transport = Liikenne
word-category-infra = Yhdyskuntatekniikka
word-category-cbrne = Vaaralliset aineet
word-category-other = Muu
word-severity-extreme = Erittäin vakava
word-severity-severe = Vakava
word-severity-moderate = Kohtalainen
word-severity-minor = Vähäinen
word-severity-unknown = Ei tiedossa
word-urgency-immediate = Toimi heti
word-urgency-expected = Tunnin sisällä
word-urgency-future = Pian
word-urgency-past = Ohi
word-urgency-unknown = Ei tiedossa
word-certainty-observed = Todettu
word-certainty-likely = Todennäköinen
word-certainty-possible = Mahdollinen
word-certainty-unlikely = Epätodennäköinen
word-certainty-unknown = Ei tiedossa
word-response-shelter = Suojaudu
word-response-evacuate = Poistu alueelta
word-response-prepare = Varaudu
word-response-execute = Noudata ohjeita
word-response-avoid = Pysy poissa
word-response-monitor = Seuraa tiedotteita
word-response-assess = Arvioi tilanne
word-response-allclear = Vaara ohi
word-response-none = Ei toimia
word-verdict-false = Ei pidä paikkaansa
word-verdict-misleading = Harhaanjohtava
word-verdict-missing-context = Asiayhteys puuttuu
word-verdict-outdated = Vanhentunut
word-verdict-satire = Satiiria
word-verdict-true = Pitää paikkansa
word-type-clerical = Kirjoitusvirhe
word-type-substantive = Asiavirhe
word-type-retraction = Peruutus
word-ways-online = Verkossa
word-ways-phone = Puhelimitse
word-ways-office = Paikan päällä
word-notice-kind-council-meeting = Valtuuston kokous
word-notice-kind-minutes = Tarkastettu pöytäkirja
word-notice-kind-delegated-decision = Viranhaltijapäätös
word-notice-kind-board-meeting = Lautakunnan kokous
word-notice-kind-other-law = Kuulutus muun lain nojalla
word-vote-for = puolesta
word-vote-against = vastaan
word-vote-abstained = tyhjää
word-vote-absent = poissa
word-status-changed = Muutettu
word-status-partly = Osittain muutettu
word-status-kept = Ei muutettu

# Sentences with numbers
page-number = Sivu { $number }
list-count = { $count ->
    [one] { $number } asia
   *[other] { $number } asiaa
}
finished-consultations = { $count ->
    [one] Mitä kuulimme ja mitä teimme: { $number } päättynyt kuuleminen
   *[other] Mitä kuulimme ja mitä teimme: { $number } päättynyttä kuulemista
}
status-sentence = { $count ->
    [0] Kaikki palvelut toimivat normaalisti.
    [one] Häiriö { $number } palvelussa.
   *[other] Häiriö { $number } palvelussa.
}
vote-sentence = Paikkoja { $total }: puolesta { $for }, vastaan { $against }, tyhjää { $abstained }, poissa { $absent }.

# Posts: $title, $summary, $link, and $note, which says what changed
post-published =
    { $title }

    { $summary }

    { $link }
post-updated =
    Päivitetty: { $title }

    { $note }

    { $link }
post-corrected =
    Korjattu: { $title }

    { $note }

    { $link }
post-superseded =
    Korvattu: { $title }

    { $note }

    { $link }
post-withdrawn =
    Peruutettu: { $title }

    { $note }

    { $link }
post-resolved =
    Vaara ohi: { $title }

    { $summary }

    { $link }
post-reminder =
    Muistutus: { $title }

    { $summary }

    { $link }
post-decision-published =
    Päätös: { $title }

    { $summary }

    { $link }
post-decision-updated =
    Päivitetty. Päätös: { $title }

    { $note }

    { $link }
post-decision-corrected =
    Korjattu. Päätös: { $title }

    { $note }

    { $link }
post-decision-superseded =
    Korvattu. Päätös: { $title }

    { $note }

    { $link }
post-decision-withdrawn =
    Peruutettu. Päätös: { $title }

    { $note }

    { $link }
post-decision-resolved =
    Päättynyt. Päätös: { $title }

    { $summary }

    { $link }
post-decision-reminder =
    Viimeinen valituspäivä: { $date }. { $title }

    { $summary }

    { $link }
post-update-published =
    Häiriötiedote: { $title }

    { $summary }

    { $link }
post-update-updated =
    Päivitetty. Häiriötiedote: { $title }

    { $note }

    { $link }
post-update-corrected =
    Korjattu. Häiriötiedote: { $title }

    { $note }

    { $link }
post-update-superseded =
    Korvattu. Häiriötiedote: { $title }

    { $note }

    { $link }
post-update-withdrawn =
    Peruutettu. Häiriötiedote: { $title }

    { $note }

    { $link }
post-update-resolved =
    Päättynyt. Häiriötiedote: { $title }

    { $summary }

    { $link }
post-update-reminder =
    Suunniteltu työ alkaa: { $date }. { $title }

    { $summary }

    { $link }
post-alert-published =
    { $title }

    { $summary }

    { $link }
post-alert-updated =
    { $note }

    { $title }

    { $link }
post-alert-corrected =
    Korjattu: { $title }

    { $note }

    { $link }
post-alert-superseded =
    Korvattu: { $title }

    { $note }

    { $link }
post-alert-withdrawn =
    Peruutettu: { $title }

    { $note }

    { $link }
post-alert-resolved =
    Vaara ohi: { $title }

    { $summary }

    { $link }
post-consultation-published =
    Kuuleminen: { $title }

    { $summary }

    { $link }
post-consultation-updated =
    Päivitetty. Kuuleminen: { $title }

    { $note }

    { $link }
post-consultation-corrected =
    Korjattu. Kuuleminen: { $title }

    { $note }

    { $link }
post-consultation-superseded =
    Korvattu. Kuuleminen: { $title }

    { $note }

    { $link }
post-consultation-withdrawn =
    Peruutettu. Kuuleminen: { $title }

    { $note }

    { $link }
post-consultation-resolved =
    Päättynyt. Kuuleminen: { $title }

    { $summary }

    { $link }
post-consultation-reminder =
    Viimeinen vastauspäivä: { $date }. { $title }

    { $summary }

    { $link }
post-correction-published =
    Korjaus: { $title }

    { $summary }

    { $link }
post-correction-updated =
    Päivitetty. Korjaus: { $title }

    { $note }

    { $link }
post-correction-corrected =
    Korjattu. Korjaus: { $title }

    { $note }

    { $link }
post-correction-superseded =
    Korvattu. Korjaus: { $title }

    { $note }

    { $link }
post-correction-withdrawn =
    Peruutettu. Korjaus: { $title }

    { $note }

    { $link }
post-correction-resolved =
    Päättynyt. Korjaus: { $title }

    { $summary }

    { $link }
post-service-published =
    Palvelu: { $title }

    { $summary }

    { $link }
post-service-updated =
    Päivitetty. Palvelu: { $title }

    { $note }

    { $link }
post-service-corrected =
    Korjattu. Palvelu: { $title }

    { $note }

    { $link }
post-service-superseded =
    Korvattu. Palvelu: { $title }

    { $note }

    { $link }
post-service-withdrawn =
    Peruutettu. Palvelu: { $title }

    { $note }

    { $link }
post-service-resolved =
    Päättynyt. Palvelu: { $title }

    { $summary }

    { $link }
post-meeting-published =
    Kokous: { $title }

    { $summary }

    { $link }
post-meeting-updated =
    Päivitetty. Kokous: { $title }

    { $note }

    { $link }
post-meeting-corrected =
    Korjattu. Kokous: { $title }

    { $note }

    { $link }
post-meeting-superseded =
    Korvattu. Kokous: { $title }

    { $note }

    { $link }
post-meeting-withdrawn =
    Peruutettu. Kokous: { $title }

    { $note }

    { $link }
post-meeting-resolved =
    Päättynyt. Kokous: { $title }

    { $summary }

    { $link }
post-notice-published =
    Kuulutus: { $title }

    { $summary }

    { $link }
post-notice-updated =
    Päivitetty. Kuulutus: { $title }

    { $note }

    { $link }
post-notice-corrected =
    Korjattu. Kuulutus: { $title }

    { $note }

    { $link }
post-notice-superseded =
    Korvattu. Kuulutus: { $title }

    { $note }

    { $link }
post-notice-withdrawn =
    Peruutettu. Kuulutus: { $title }

    { $note }

    { $link }
post-notice-resolved =
    Päättynyt. Kuulutus: { $title }

    { $summary }

    { $link }
post-vacancy-published =
    Avoin työpaikka: { $title }

    { $summary }

    { $link }
post-vacancy-updated =
    Päivitetty. Avoin työpaikka: { $title }

    { $note }

    { $link }
post-vacancy-corrected =
    Korjattu. Avoin työpaikka: { $title }

    { $note }

    { $link }
post-vacancy-superseded =
    Korvattu. Avoin työpaikka: { $title }

    { $note }

    { $link }
post-vacancy-withdrawn =
    Peruutettu. Avoin työpaikka: { $title }

    { $note }

    { $link }
post-vacancy-resolved =
    Päättynyt. Avoin työpaikka: { $title }

    { $summary }

    { $link }
post-page-published =
    { $title }

    { $summary }

    { $link }
post-page-updated =
    Päivitetty: { $title }

    { $note }

    { $link }
post-page-corrected =
    Korjattu: { $title }

    { $note }

    { $link }
post-page-superseded =
    Korvattu: { $title }

    { $note }

    { $link }
post-page-withdrawn =
    Peruutettu: { $title }

    { $note }

    { $link }
post-page-resolved =
    Päättynyt: { $title }

    { $summary }

    { $link }

## Pages of the site
as-of = Tilanne
show-all = Näytä kaikki
newest-page = uusimmat
filtered-by = Näytetään
remove-filter = poista suodatin
filter-here = Suodata luetteloa sen ensimmäisellä sivulla
terms-bodies = Päättäjät
terms-bodies-about = Lautakunnat, hallitukset ja viranhaltijat sekä kaikki, mitä kukin on julkaissut.
terms-topics = Aiheet
terms-topics-about = Kaikki julkaisemamme aiheen mukaan.
terms-audiences = Kohderyhmät
terms-audiences-about = Kaikki julkaisemamme sen mukaan, ketä se koskee.
terms-places = Paikat
terms-places-about = Kaikki julkaisemamme paikan mukaan.
alert-level-life = Hengenvaara
alert-level-important = Tärkeää
alert-level-notice = Tiedoksi
status-about = Miten kukin palvelu toimii nyt, mitä on suunniteltu ja mitä häiriöitä on ollut.
status-all = Kaikki palvelut
no-disruption = Missään palvelussa ei ole häiriötä.
no-planned-work = Töitä ei ole suunniteltu.
no-past-disruption = Häiriöitä ei ole kirjattu.
calendar-event = Kuulemisen tilaisuus
calendar-file = Kalenteritiedosto
claims-about = Meistä levitettyjä väitteitä. Ensin sanotaan, mikä on totta.
own-corrections-about = Mitä kirjoitimme väärin, mistä lähtien ja mitä siinä nyt lukee.
plan = Tulevat päätökset
plan-about = Mitä päätetään, missä voit vielä vaikuttaa ja mikä tulee pian voimaan.
plan-honest = Luettelo tehdään julkaistuista esityslistoista, kuulemisista ja päätöksistä. Mitä ei vielä ole julkaistulla esityslistalla, ei ole täälläkään.
plan-meetings = Esityslistalla
plan-no-meetings = Tulevaa kokousta ei ole julkaistu.
plan-no-agenda = Esityslistaa ei ole vielä julkaistu.
plan-decisions = Ilmoitettu päätettäväksi
plan-decided = Päätetään
plan-speak = Voit vaikuttaa
plan-effect = Päätetty, ei vielä voimassa
plan-no-effect = Mikään julkaistu päätös ei odota voimaantuloa.
board-count = { $count ->
    [0] Taululla ei ole nyt mitään.
    [one] Taululla on nyt { $number } ilmoitus.
   *[other] Taululla on nyt { $number } ilmoitusta.
}
board-what = Tämä on sähköinen ilmoitustaulu. Se on erillään muista sivuistamme, ja siinä on vain se, minkä laki sallii.
board-law = Ruotsin kuntalaki (2017:725), 8 luku, 9–12 §
board-nothing = Tämän otsikon alla ei ole nyt mitään.
board-taken-down = Poistettu taululta
board-log = Ilmoitusloki
board-log-about = Milloin kukin ilmoitus pantiin taululle ja milloin se poistetaan. Poistetun ilmoituksen sivu säilyy.
board-log-down = Poissa alkaen
verify = Tarkista julkaisu
verify-about = Näin kuka tahansa voi tarkistaa, että julkaisu sanoo sen, minkä julkaisimme, ja mitä se ei todista.
verify-what = Mitä voi tarkistaa
verify-what-text = Jokaisen sivun vieressä on tiedosto record.json. Siinä on se, mitä sivu sanoo: otsikko, kaikki tiedot ja teksti ilman ulkoasua. Sivulla näkyy tiedoston sormenjälki eli sen SHA-256-summa. Jos yksikin merkki muuttuu, sormenjälki on toinen.
verify-count = Julkaisuja, joilla on sormenjälki, kukin kieli laskettuna
verify-how = Näin tarkistat
verify-step-1 = Lataa julkaisun tiedosto. Linkki on sivun lopussa ruudussa ”{ check-this-record }”.
verify-step-2 = Laske tiedoston sormenjälki ohjelmalla omalla tietokoneellasi.
verify-step-3 = Vertaa sitä sivun sormenjälkeen tai sellaiseen, jonka joku on aiemmin kirjannut tai tulostanut.
verify-example = Esimerkki
verify-windows = Windows, PowerShell
verify-same = Vastauksen pitää olla
verify-seal = Sinetti
verify-seal-text = Sinetti on sormenjäljestä piirretty kuvio. Se auttaa huomaamaan, että kaksi kopiota eroavat. Se ei ole todiste: vertaa itse sormenjälkeä.
verify-limits = Mitä tämä ei todista
verify-limits-text = Sivun sormenjälki osoittaa, että sivu ja tiedosto kuuluvat yhteen. Se, joka voisi muuttaa molempia, voisi muuttaa myös sormenjäljen. Kirjaa tai tulosta siksi sinulle tärkeän julkaisun sormenjälki ja vertaa myöhemmin.
verify-corrections = Missä korjaukset ovat
verify-corrections-text = Muutettu julkaisu luettelee muutoksensa päivineen kohdassa ”{ changes-to-this-page }”. Korvatun tai perutun julkaisun sivu säilyy ja kertoo sen. Omat virheemme ovat korjausten sivulla.
home-check-title = Julkaisu, jonka voit tarkistaa
home-check-about = Jokaisella julkaisulla on sormenjälki. Tämä kuvio on piirretty uusimman sormenjäljestä:
home-check-how = Näin tarkistat julkaisun
site-map = Sivuston sisältö
site-map-about = Kaikki luettelot ja pysyvät sivut yhdessä paikassa.
site-map-now = Nyt ja pian
open-data = Avoin data
our-accounts = Tilimme
accounts-about = Kerromme uutisista myös täällä. Linkit vievät muille sivustoille. Voimassa on se, mitä tällä sivustolla lukee.
subscribe-how = Näin se toimii
subscribe-step-1 = Asenna syötteenlukija: ohjelma, joka hakee uutiset monelta sivustolta.
subscribe-step-2 = Kopioi jonkin alla olevan syötteen osoite. Atom, RSS ja JSON Feed sisältävät saman; ota se, jonka lukijasi osaa.
subscribe-step-3 = Lisää osoite lukijaan. Se näyttää uuden sekä sen, mikä on korjattu tai peruttu.
subscribe-private = Emme saa tietää, että tilaat, ja voit lopettaa milloin vain.
everything = Kaikki

## Pages of records
status-answered = Mitä kuulimme ja mitä teimme
status-answered-date = Suljettu { $date }
uptime-title = Viimeiset 90 päivää
uptime-sentence = Toimi normaalisti { $good } päivänä { $total } päivästä.
uptime-table = Päivä päivältä
uptime-period = Päivät
decided-by = Päättäjä
vote-totals = Äänet yhteensä
vote-total = Kaikki paikat
check-this-record = Tarkista tiedot
check-about = Alla oleva luku on laskettu asian tekstistä. Jos yksikin sana muuttuu, sekä luku että sinetti muuttuvat.
check-how = Tallenna tiedosto ja aja tämä komento; sen on vastattava samalla luvulla:
check-more = Muita tapoja tarkistaa
replaces-and-replaced = Korvattu, muutettu, korjattu
rel-supersedes = Korvaa
rel-superseded-by = Korvaaja
rel-amends = Muuttaa osittain
rel-amended-by = Osittaisen muutoksen tehnyt
rel-corrects = Korjaa
rel-corrected-by = Korjauksen tehnyt
tell-us = Onko jokin väärin, puuttuuko jotakin tai onko jokin vaikea ymmärtää? Kerro meille. Numero on jo valmiina viestin aiheessa.
feed-of-kind = Syöte
situation = Tilanne
what-we-know = Mitä tiedämme
what-we-do-not-know = Mitä emme tiedä
what-we-do = Mitä teemme
what-you-do = Mitä sinä teet
what-not-to-do = Mitä ei pidä tehdä
who-to-call = Mihin soittaa
national-channel = Valtakunnalliset varoitukset ja ohjeet:
consultation-upcoming = Voit vastata alkaen
consultation-closed = Kuuleminen päättyi
consultation-reading = Luemme vastauksia. Julkaisemme tällä sivulla, mitä kuulimme ja mitä teimme.
who-decides = Kuka päättää
the-question-was = Mitä kysyimme
wrong-since = Väärin alkaen
languages-spoken = Kielet
state-now = Miten palvelu toimii nyt
notice-kept = Nähtävänäoloaika on päättynyt. Sivu säilyy todisteena siitä, mitä ilmoitettiin.
notice-proof = Kuulutuksen tiedot
deciding-body = Toimielin
officer = Nähtäville asettaja
how-to-appeal-this = Miten tästä päätöksestä valitetaan
took-part = Miten vastata saattoi
add-to-calendar = Lisää kalenteriisi

## cards
card-alt = Kortti, jossa lukee: { $words }

## Search
search = Haku
search-label = Hae kaikesta, mitä olemme julkaisseet
search-results = Hakutulokset
search-filter = Rajaa hakua
search-clear = Poista kaikki rajaukset
search-by-best = Osuvin ensin
search-by-date = Uusin ensin
search-more = Näytä lisää
search-browse = Tai selaa
search-no-script = Sanahaku vaatii JavaScriptin. Kaikki löytyy myös alla olevien luetteloiden kautta.
search-none = Mitään ei löytynyt. Kokeile vähemmillä sanoilla tai sanan alkuosalla.
search-failed = Hakua ei voitu ladata. Yritä uudelleen tai käytä alla olevia luetteloita.
search-found = { $count ->
    [one] { $number } osuma
   *[other] { $number } osumaa
}

## feeds, calendars, CAP
feed-corrected = Korjattu: { $title }
feed-withdrawn = Peruutettu: { $title }
feed-superseded = Korvattu: { $title }
feed-superseded-by = Korvaaja: { $title }
feed-explained = Tämä on syöte. Kopioi alla oleva osoite syötteenlukijaan, niin se hakee uudet asiat. Et tarvitse tunnusta etkä anna osoitettasi.
feed-to-page = Sivustolle
cap-of-alert = Varoitus CAP-muodossa
cap-of-all = Kaikki varoitukset CAP-muodossa
cap-all-clear = Vaara ohi: { $title }
cap-all-clear-about = Vaara on ohi. Ohjeet eivät ole enää voimassa.
calendar-works = Suunniteltu työ

## Pages of the site
status-under-way = Käynnissä
status-under-way-date = { $date } saakka

## open data
open-data-about = Sivuston kaikki asiat datana: vapaasti haettavissa ilman avainta ja ilman tunnusta.
data-licence = Käyttölupa
data-no-licence = Käyttölupaa ei ole vielä ilmoitettu. Kysy meiltä, ennen kuin julkaiset dataa uudelleen.
data-files = Tiedostot
data-everything = Kaikki
data-everything-about = Kaikki asiat kaikkine kenttineen ja yhteyksineen.
data-terms = Luettelot
data-terms-about = Tunnisteiden takana olevat nimet: päättäjät, aiheet, kohderyhmät, paikat.
data-dictionary = Mitä sarakkeet tarkoittavat
data-dictionary-about = Kaikkien taulukoiden tietosanasto. Kuvaukset ovat englanniksi.
data-catalogue = Hakemisto
data-catalogue-about = Dataportaaleille (DCAT-AP 3).
data-column = Sarake
data-holds = Sisältö
data-says = Mitä se kertoo
data-several = useita, välissä |
data-how = Miten taulukot on kirjoitettu
data-how-about = Yksi rivi jokaista asiaa ja kieltä kohden, merkistönä UTF-8, solujen välissä pilkku. Solu, jonka taulukkolaskenta suorittaisi kaavana, alkaa heittomerkillä. Kenttien luettelot ovat solussa JSON-muodossa.
data-stable = Sarakkeita vain lisätään, entisten perään.
data-holds-text = teksti
data-holds-markdown = Markdown
data-holds-flag = tosi tai epätosi
data-holds-count = kokonaisluku
data-holds-day = päivä
data-holds-instant = aika ja sen poikkeama UTC-ajasta
data-holds-stamp = päivä, tai aika ja sen poikkeama UTC-ajasta
data-holds-url = osoite
data-holds-word = jokin näistä
data-holds-lang = kieli
data-holds-json = JSON

## Julkinen loki: versiot, hävitetyt asiat, tarkistus
field-contact = Yhteys
field-no = ei
field-other = Muut tiedot
field-reference = Tunnus
field-text = Teksti
field-title = Otsikko
field-url = Osoite
field-yes = kyllä
reason = Syy
reason-correction = virhe korjattiin
reason-superseded = uudempi on tullut sen tilalle
reason-court-order = tuomioistuin on niin määrännyt
reason-data-protection = henkilötietojen suoja
reason-copyright = jonkun muun oikeudet tekstiin
reason-mistake = se julkaistiin erehdyksessä
act-revised = Muutettu
act-erased = Hävitetty
version-name = Versio { $number }
version-notice = Tämä on versio { $number }. Se ei ole enää voimassa.
version-this = tämä versio
version-current = Sivulle sellaisena kuin se nyt on
version-text = Mitä tämä versio sanoi
versions-in-log = Versiot julkisessa lokissa
diff-added = Lisätty:
diff-removed = Poistettu:
diff-none = Mikään siitä, mitä asiassa sanotaan, ei muuttunut.
diff-show = Mikä muuttui
diff-between = Mikä muuttui: versio { $old }, versio { $new }
erased-title = Tämä asia on hävitetty
erased-about = Otsikko ja teksti on poistettu lopullisesti, eikä tässä ole kopiota. Julkinen loki näyttää yhä, että asia oli olemassa ja milloin se hävitettiin.
erased-id = Numero lokissa
prove-about = Tämä asia on julkisessa lokissamme. Siinä olevaa ei voi muuttaa tai poistaa jälkeä jättämättä.
prove-number = Merkintä { $number }.
prove-go = Tarkista nyt
prove-proof = Todiste lokista
prove-checkpoint = Lokin allekirjoitettu tila
prove-pending = Tämä ei ole vielä julkisessa lokissa. Se on siinä, kun sivusto seuraavan kerran julkaistaan.
prove-failed = Tarkistusta ei voitu aloittaa. Yritä uudelleen tai tarkista toisella ohjelmalla.
prove-busy = Tarkistetaan …
prove-good = Tarkistettu: asia on se, joka julkaistiin, ja se on allekirjoitetussa lokissa.
prove-bad = Tarkistus epäonnistui. Jokin tässä ei sovi yhteen; alla lukee mikä.
prove-unfinished = Tarkistusta ei voitu viedä loppuun. Mitään väärää ei löytynyt.
prove-ok-record = Tiedostolla record.json on sivulla näkyvä sormenjälki.
prove-ok-page = Tiedoston otsikko, kieli ja osoite ovat tämän sivun.
prove-ok-leaf = Lokin merkintä koskee täsmälleen tätä tiedostoa.
prove-ok-key = Lokin tila on allekirjoitettu sivulla mainitulla avaimella.
prove-ok-in = Merkintä on allekirjoitetussa lokissa.
prove-ok-now = Tämän päivän loki on allekirjoitettu, ja kaikki silloinen on siinä muuttumattomana.
prove-fail-record = Tiedostolla record.json ei ole sivulla näkyvää sormenjälkeä.
prove-fail-page = Tiedosto record.json ei koske tätä sivua: otsikko, kieli tai osoite on toinen.
prove-fail-leaf = Lokin merkintä koskee toista tiedostoa kuin tätä.
prove-fail-key = Lokin tilaa ei ole allekirjoitettu sivulla mainitulla avaimella.
prove-fail-in = Merkintä ei ole allekirjoitetussa lokissa.
prove-fail-now = Tämän päivän loki ei jatka aiempaa: sitä on muutettu, lyhennetty tai sen on allekirjoittanut joku muu.
prove-form = Ei voida lukea, sillä sitä on muutettu tai se on vioittunut: { $what }
prove-gone = Ei voitu hakea: { $what }
prove-no-key = Tämä selain ei osaa tarkistaa allekirjoituksia (Ed25519). Käytä uudempaa tai ohjelmaa promulgate verify.
prove-entry = Merkintä { $what }
prove-withdrawn = Lokin mukaan tämä on peruttu.
prove-unproven = Mitä ei tarkistettu
prove-now-left = Onko tämän päivän lokissa yhä kaikki, mitä siinä oli.
prove-not-others = Näytetäänkö muille toista lokia. Säilytä siksi alla oleva allekirjoitettu tila ja vertaa sitä jonkun muun säilyttämään.
prove-not-newer = Onko lokissa uudempi versio tästä asiasta.
prove-not-page = Sanooko muu sivu samaa kuin tiedosto record.json. Avaa tiedosto ja vertaa.
prove-not-true = Onko se totta, mitä asiassa sanotaan.
prove-not-script = Onko itse tarkistus rehellinen: se tulee samalta sivustolta. Muualta saatu ohjelma, kuten promulgate verify, ei riipu mistään täällä.
prove-state = Lokin allekirjoitettu tila, joka tarkistettiin
prove-keep = Säilytä tila
log-title = Julkinen loki
log-what = Jokainen asian julkaisu, muutos, peruminen ja hävittäminen on merkintä julkisessa lokissa. Merkintöjä vain lisätään. Lokin jokainen tila allekirjoitetaan, ja jokainen myöhempi tila todistaa, että siinä ovat yhä kaikki aiemmat merkinnät.
log-not-text = Lokissa ei ole tekstiä eikä nimiä: vain merkityksetön numero, aika, mitä tehtiin, ja sinetöity sormenjälki, josta kukaan ei voi arvata tekstiä.
log-size = Merkintöjä
log-key = Lokin avain
log-key-about = Vertaa avainta painetussa ilmoituksessa tai toisella sivustollamme olevaan.
log-feed = Lokin allekirjoitetut tilat
log-feed-about = Julkisen lokin jokainen allekirjoitettu tila. Se, joka säilyttää niitä, voi myöhemmin näyttää, onko lokia kirjoitettu uudelleen.
log-state = Tila, merkintöjä { $number }
log-whole = Tarkista koko sivusto
log-whole-about = Ohjelma promulgate verify tarkistaa jokaisen tiedoston, merkinnän ja asian. Ota avain ilmoituksesta, älä täältä.
log-tools = Tarkista tavallisilla työkaluilla
log-tools-about = Komennot tulostavat merkinnän ja sitten luvun. Saman luvun pitää olla merkinnässä.
log-limits = Loki ei todista, että asiassa sanottu on totta, eikä sitä, kuka sen kirjoitti. Se, jolla on allekirjoitusavaimemme, voisi pitää toista lokia ja näyttää sitä joillekin; sen huomaavat ne, jotka säilyttävät allekirjoitettuja tiloja ja vertaavat niitä.
log-keep = Säilytä siis silloin tällöin allekirjoitettu tila tai seuraa syötettä. Vanhan tilan avulla promulgate verify näyttää, onko mitään sitä aiempaa muutettu.
