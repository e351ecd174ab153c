# Daylight: svenska. Every language has the same keys; a site may replace any of them in its own messages.

# The frame of every page
skip = Hoppa till innehållet
language = Språk
main-navigation = Huvudmeny
breadcrumb = Du är här
home = Start
follow = Följ oss
about-this-site = Om webbplatsen
last-built = Senast byggd
no-tracking = Inga kakor, ingen spårning.
updated = Uppdaterad
published = Publicerad
expires = Gäller till
undated = Utan datum

# Kinds
kind-decision = Beslut
kind-update = Driftinformation
kind-alert = Varning
kind-consultation = Samråd
kind-correction = Rättelse
kind-service = Tjänst
kind-meeting = Sammanträde
kind-notice = Anslag
kind-vacancy = Ledigt jobb
kind-page = Sida
kinds-decision = Beslut
kinds-update = Driftinformation
kinds-alert = Varningar
kinds-consultation = Samråd
kinds-correction = Rättelser
kinds-service = Tjänster
kinds-meeting = Sammanträden
kinds-notice = Anslagstavla
kinds-vacancy = Lediga jobb
kinds-page = Sidor
nav-decision = Beslut
nav-service = Tjänster
nav-consultation = Tyck till
nav-correction = Rättelser
nav-meeting = Sammanträden
nav-notice = Anslagstavla
about-decision = Vad som har beslutats, av vem, varför och hur du kan överklaga.
about-update = Störningar, planerade arbeten och ändringar i våra tjänster.
about-alert = Varningar som gäller nu, och tidigare med besked om faran över.
about-consultation = Frågor du kan svara på nu, och vad tidigare svar ledde till.
about-correction = Vad vi har rättat hos oss själva, och falska påståenden med fakta.
about-service = Alla tjänster från A till Ö, och hur de fungerar just nu.
about-meeting = Dagordning före sammanträdet, protokoll efter.
about-notice = Tillkännagivanden som lagen kräver. Inget annat anslås här.
about-vacancy = Jobb som du kan söka.
about-page = Sidor om kommunen och webbplatsen.

# Home and lists
latest-decisions = Senaste besluten
all-decisions = Alla beslut
all-services = Alla tjänster
all-corrections = Alla rättelser
no-open-consultation = Just nu finns inget samråd att svara på.
services-now = Läget just nu
checked = Kontrollerat
put-right = Rättat
own-corrections = Vi rättade vår egen text
false-claims = Påståenden och fakta
nothing-here = Här finns inget än.
pages = Sidor
newer = Nyare
older = Äldre
previous = Föregående
next = Nästa
neighbours = Föregående och nästa
feed-of-list = Flöde för listan
feed-of-everything = Flöde med allt
by-kind = Efter typ
by-year = Efter år
by-body = Efter beslutsfattare
by-topic = Efter ämne
by-place = Efter plats
by-audience = Efter målgrupp
group-alert-active = Gäller nu
group-consultation-open = Öppna för svar
group-consultation-upcoming = Öppnar snart
group-meeting-upcoming = Kommande sammanträden
group-notice-posted = Anslaget nu
group-vacancy-open = Öppna för ansökan
group-update-outage = Avbrott just nu
group-update-degraded = Störningar just nu
group-update-maintenance = Pågående arbeten
group-update-planned = Planerade arbeten
disturbed-now = Störningar just nu
planned-work = Planerade och pågående arbeten
over-now = Avslutat
board-appeal = Ett kommunalt beslut kan överklagas till förvaltningsrätten. Överklagandet måste komma in inom tre veckor från den dag då protokollet tillkännagavs här.
calendar = Kalender
calendar-about = Sammanträden och sista dagar: att svara, att söka, att överklaga.
calendar-meeting = Sammanträde
calendar-closes = Sista dag att svara
calendar-opens = Samråd öppnar
calendar-apply = Sista ansökningsdag
calendar-appeal = Sista dag att överklaga
past-meetings = Tidigare sammanträden
subscribe = Prenumerera
subscribe-about = Välj vad du vill följa. En flödesläsare hämtar nyheterna; du behöver inget konto och lämnar ingen adress.
not-found = Sidan finns inte
not-found-about = Adressen kan vara felskriven, eller så har sidan flyttat. Inget tas bort i tysthet: återkallade uppgifter har kvar sin sida.
to-home = Till startsidan

# A record
in-plain-language = I korthet
key-facts = Fakta
on-this-page = På sidan
case = Ärende
responsible = Ansvarig
areas = Områden
topics = Ämnen
audiences = Berör
documents = Handlingar
withheld = Lämnas inte ut
timeline = Tidslinje
still-ahead = Kommer
changes-to-this-page = Ändringar på sidan
first-published = Publicerad första gången.
corrected = Rättad
superseded = Ersatt
related = Se även
decisions-after = Beslut efter samrådet
decided-here = Beslutat här
decision-taken = Beslut
where-announced = Här berättade vi om det
leaves-site = Länkarna leder till andra webbplatser.
follow-and-ask = Följ och fråga
ask-or-report = Fråga eller anmäl ett fel
notice-withdrawn = Detta är återkallat.
notice-stale = Översättningen är äldre än originalet. Originalet gäller:
notice-superseded = Ett nyare beslut har ersatt detta:
notice-amended = Delvis ändrat genom:
notice-corrected = Sidan har rättats:
notice-supersedes = Detta ersätter:
notice-amends = Detta ändrar delvis:
notice-corrects = Detta rättar:

# Decisions
what-was-decided = Det här beslutades
why = Varför
cost = Kostnad
options = Alternativ som prövades
chosen = Valdes
not-chosen = Valdes inte
pros = Fördelar
cons = Nackdelar
why-chosen = Varför det valdes
why-not-chosen = Varför det inte valdes
how-they-voted = Så röstade de
vote-for = för
vote-against = mot
vote-abstained = avstod
vote-absent = frånvarande
vote-filled = fyllda prickar
vote-rings = ringar
vote-dots = små prickar
vote-roll = Röster per parti eller plats
vote-who = Parti eller plats
vote-how = Röst
seats = Platser
interests = Jäv
none-declared = Inget anmält.
left-room = Lämnade rummet.
dispensation = Dispens
reservations = Reservationer
legal-basis = Lagstöd
how-to-appeal = Så överklagar du
appeal-by = Överklaga senast
appeal-must-arrive = Överklagandet måste ha kommit in senast denna dag.
appeal-to = Överklaga till
decided-on = Beslutat
decision-makers = Beslutande
announced-on-board = Tillkännagivet på anslagstavlan
in-force-from = Gäller från
valid-until = Gäller till
implemented-on = Genomfört
last-day-to-appeal = Sista dag att överklaga
partly-published = En del av uppgifterna publiceras inte.

# Alerts and updates
what-to-do-now = Gör så här nu
what-applied = Det här gällde
questions = Frågor? Ring
next-update = Nästa besked
all-clear = Faran är över
updates = Uppdateringar
severity = Allvar
urgency = Brådska
certainty = Säkerhet
category = Kategori
response = Åtgärd
effective = Gäller från
onset = Började
coordinates = Koordinater
state = Läge
starts = Börjar
ends = Slutar

# Consultations
opens = Öppnar
closes = Stänger
who-may-answer = Vem kan svara
answer-by = Svara senast
what-we-heard = Det här hörde vi och gjorde vi
you-said = Ni sade
we-did = Vi gjorde
result = Resultat
the-question = Frågan
take-part = Så deltar du
events = Träffar

# Corrections
verdict = Bedömning
correction-type = Typ
corrects = Rättar
what-is-true = Det här stämmer
the-claim = Påståendet
seen-at = Setts
now-reads = Rätt är
was-wrong = Det stod
evidence = Underlag

# Services, meetings, notices, vacancies
time-needed = Så lång tid tar det
ways = Så gör du
who = Vem det är för
bring = Ta med
hours = Öppettider
where = Plats
agenda = Dagordning
minutes = Protokoll
notice-kind = Typ av anslag
posted = Anslaget
approved = Protokollet justerat
take-down = Tas ned
kept-at = Förvaras
apply-by = Sök senast
employment = Anställning
salary = Lön

# What Markdown needs
md-table = Tabell
md-footnotes = Fotnoter
md-footnote-back = Tillbaka till texten
md-done = Klart
md-open = Ej klart
md-note = Obs
md-tip = Tips
md-important = Viktigt
md-warning = Varning
md-caution = Fara

# Statuses; the second text stands beside a date
status-upcoming = Kommande
status-upcoming-date = Från { $date }
status-open = Öppet
status-open-date = Öppet till { $date }
status-closed = Stängt
status-closed-date = Stängde { $date }
status-decided = Beslutat
status-decided-date = Beslutat { $date }
status-appealable = Beslutat
status-appealable-date = Kan överklagas till { $date }
status-final = Laga kraft
status-final-date = Laga kraft { $date }
status-in-force = Gäller
status-in-force-date = Gäller sedan { $date }
status-implemented = Genomfört
status-implemented-date = Genomfört { $date }
status-expired = Har upphört
status-expired-date = Upphörde { $date }
status-superseded = Ersatt
status-superseded-date = Ersatt { $date }
status-withdrawn = Återkallat
status-withdrawn-date = Återkallat { $date }
status-active = Gäller nu
status-active-date = Sedan { $date }
status-resolved = Faran över
status-resolved-date = Faran över { $date }
status-operational = Som vanligt
status-operational-date = Som vanligt sedan { $date }
status-maintenance = Underhåll
status-maintenance-date = Underhåll sedan { $date }
status-degraded = Störningar
status-degraded-date = Störningar sedan { $date }
status-outage = Avbrott
status-outage-date = Avbrott sedan { $date }
status-planned = Planerat
status-planned-date = Planerat från { $date }
status-over = Avslutat
status-over-date = Slut { $date }
status-posted = Anslaget
status-posted-date = Tas ned { $date }
status-taken-down = Nedtaget
status-taken-down-date = Nedtaget { $date }
status-corrected = Rättat
status-corrected-date = Rättat { $date }
status-verdict-false = Påståendet är falskt
status-verdict-false-date = Kontrollerat { $date }
status-verdict-misleading = Påståendet är vilseledande
status-verdict-misleading-date = Kontrollerat { $date }
status-verdict-missing-context = Påståendet saknar sammanhang
status-verdict-missing-context-date = Kontrollerat { $date }
status-verdict-outdated = Påståendet är inaktuellt
status-verdict-outdated-date = Kontrollerat { $date }
status-verdict-satire = Påståendet är satir
status-verdict-satire-date = Kontrollerat { $date }
status-verdict-true = Påståendet är sant
status-verdict-true-date = Kontrollerat { $date }
status-own-error = Vi har rättat oss
status-own-error-date = Rättat { $date }
status-published = Publicerat
status-published-date = Publicerat { $date }

# Words of closed lists
word-state-operational = Som vanligt
word-state-maintenance = Underhåll
word-state-degraded = Störningar
word-state-outage = Avbrott
word-category-geo = Mark och jord
word-category-met = Väder
word-category-safety = Säkerhet
word-category-security = Skydd mot brott och hot
word-category-rescue = Räddning
word-category-fire = Brand
word-category-health = Hälsa
word-category-env = Miljö
word-category-transport = Trafik
word-category-infra = Försörjning och nät
word-category-cbrne = Farliga ämnen
word-category-other = Annat
word-severity-extreme = Extrem
word-severity-severe = Allvarlig
word-severity-moderate = Måttlig
word-severity-minor = Liten
word-severity-unknown = Okänd
word-urgency-immediate = Agera nu
word-urgency-expected = Inom en timme
word-urgency-future = Snart
word-urgency-past = Över
word-urgency-unknown = Okänd
word-certainty-observed = Konstaterad
word-certainty-likely = Trolig
word-certainty-possible = Möjlig
word-certainty-unlikely = Osannolik
word-certainty-unknown = Okänd
word-response-shelter = Sök skydd
word-response-evacuate = Lämna området
word-response-prepare = Förbered dig
word-response-execute = Följ råden
word-response-avoid = Håll dig borta
word-response-monitor = Följ informationen
word-response-assess = Bedöm läget
word-response-allclear = Faran är över
word-response-none = Ingen
word-verdict-false = Falskt
word-verdict-misleading = Vilseledande
word-verdict-missing-context = Saknar sammanhang
word-verdict-outdated = Inaktuellt
word-verdict-satire = Satir
word-verdict-true = Sant
word-type-clerical = Skrivfel
word-type-substantive = Sakfel
word-type-retraction = Återkallelse
word-ways-online = På webben
word-ways-phone = Per telefon
word-ways-office = På plats
word-notice-kind-council-meeting = Fullmäktigesammanträde
word-notice-kind-minutes = Justerat protokoll
word-notice-kind-delegated-decision = Delegationsbeslut
word-notice-kind-board-meeting = Nämndsammanträde
word-notice-kind-other-law = Kungörelse enligt annan lag
word-vote-for = för
word-vote-against = mot
word-vote-abstained = avstod
word-vote-absent = frånvarande
word-status-changed = Ändrat
word-status-partly = Delvis ändrat
word-status-kept = Oförändrat

# Sentences with numbers
page-number = Sida { $number }
list-count = { $count ->
    [one] { $number } post
   *[other] { $number } poster
}
finished-consultations = { $count ->
    [one] Det här hörde vi och gjorde vi: { $number } avslutat samråd
   *[other] Det här hörde vi och gjorde vi: { $number } avslutade samråd
}
status-sentence = { $count ->
    [0] Alla tjänster fungerar som vanligt.
    [one] { $number } tjänst är störd.
   *[other] { $number } tjänster är störda.
}
vote-sentence = { $total } platser: { $for } för, { $against } mot, { $abstained } avstod, { $absent } frånvarande.

# Posts: $title, $summary, $link, and $note, which says what changed
post-published =
    { $title }

    { $summary }

    { $link }
post-updated =
    Uppdaterat: { $title }

    { $note }

    { $link }
post-corrected =
    Rättat: { $title }

    { $note }

    { $link }
post-superseded =
    Ersatt: { $title }

    { $note }

    { $link }
post-withdrawn =
    Återkallat: { $title }

    { $note }

    { $link }
post-resolved =
    Faran över: { $title }

    { $summary }

    { $link }
post-reminder =
    Påminnelse: { $title }

    { $summary }

    { $link }
post-decision-published =
    Beslut: { $title }

    { $summary }

    { $link }
post-decision-updated =
    Uppdaterat. Beslut: { $title }

    { $note }

    { $link }
post-decision-corrected =
    Rättat. Beslut: { $title }

    { $note }

    { $link }
post-decision-superseded =
    Ersatt. Beslut: { $title }

    { $note }

    { $link }
post-decision-withdrawn =
    Återkallat. Beslut: { $title }

    { $note }

    { $link }
post-decision-resolved =
    Avslutat. Beslut: { $title }

    { $summary }

    { $link }
post-decision-reminder =
    Sista dag att överklaga: { $date }. { $title }

    { $summary }

    { $link }
post-update-published =
    Driftinformation: { $title }

    { $summary }

    { $link }
post-update-updated =
    Uppdaterat. Driftinformation: { $title }

    { $note }

    { $link }
post-update-corrected =
    Rättat. Driftinformation: { $title }

    { $note }

    { $link }
post-update-superseded =
    Ersatt. Driftinformation: { $title }

    { $note }

    { $link }
post-update-withdrawn =
    Återkallat. Driftinformation: { $title }

    { $note }

    { $link }
post-update-resolved =
    Avslutat. Driftinformation: { $title }

    { $summary }

    { $link }
post-update-reminder =
    Planerat arbete börjar: { $date }. { $title }

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
    Rättat: { $title }

    { $note }

    { $link }
post-alert-superseded =
    Ersatt: { $title }

    { $note }

    { $link }
post-alert-withdrawn =
    Återkallat: { $title }

    { $note }

    { $link }
post-alert-resolved =
    Faran över: { $title }

    { $summary }

    { $link }
post-consultation-published =
    Samråd: { $title }

    { $summary }

    { $link }
post-consultation-updated =
    Uppdaterat. Samråd: { $title }

    { $note }

    { $link }
post-consultation-corrected =
    Rättat. Samråd: { $title }

    { $note }

    { $link }
post-consultation-superseded =
    Ersatt. Samråd: { $title }

    { $note }

    { $link }
post-consultation-withdrawn =
    Återkallat. Samråd: { $title }

    { $note }

    { $link }
post-consultation-resolved =
    Avslutat. Samråd: { $title }

    { $summary }

    { $link }
post-consultation-reminder =
    Sista dag att svara: { $date }. { $title }

    { $summary }

    { $link }
post-correction-published =
    Rättelse: { $title }

    { $summary }

    { $link }
post-correction-updated =
    Uppdaterat. Rättelse: { $title }

    { $note }

    { $link }
post-correction-corrected =
    Rättat. Rättelse: { $title }

    { $note }

    { $link }
post-correction-superseded =
    Ersatt. Rättelse: { $title }

    { $note }

    { $link }
post-correction-withdrawn =
    Återkallat. Rättelse: { $title }

    { $note }

    { $link }
post-correction-resolved =
    Avslutat. Rättelse: { $title }

    { $summary }

    { $link }
post-service-published =
    Tjänst: { $title }

    { $summary }

    { $link }
post-service-updated =
    Uppdaterat. Tjänst: { $title }

    { $note }

    { $link }
post-service-corrected =
    Rättat. Tjänst: { $title }

    { $note }

    { $link }
post-service-superseded =
    Ersatt. Tjänst: { $title }

    { $note }

    { $link }
post-service-withdrawn =
    Återkallat. Tjänst: { $title }

    { $note }

    { $link }
post-service-resolved =
    Avslutat. Tjänst: { $title }

    { $summary }

    { $link }
post-meeting-published =
    Sammanträde: { $title }

    { $summary }

    { $link }
post-meeting-updated =
    Uppdaterat. Sammanträde: { $title }

    { $note }

    { $link }
post-meeting-corrected =
    Rättat. Sammanträde: { $title }

    { $note }

    { $link }
post-meeting-superseded =
    Ersatt. Sammanträde: { $title }

    { $note }

    { $link }
post-meeting-withdrawn =
    Återkallat. Sammanträde: { $title }

    { $note }

    { $link }
post-meeting-resolved =
    Avslutat. Sammanträde: { $title }

    { $summary }

    { $link }
post-notice-published =
    Anslag: { $title }

    { $summary }

    { $link }
post-notice-updated =
    Uppdaterat. Anslag: { $title }

    { $note }

    { $link }
post-notice-corrected =
    Rättat. Anslag: { $title }

    { $note }

    { $link }
post-notice-superseded =
    Ersatt. Anslag: { $title }

    { $note }

    { $link }
post-notice-withdrawn =
    Återkallat. Anslag: { $title }

    { $note }

    { $link }
post-notice-resolved =
    Avslutat. Anslag: { $title }

    { $summary }

    { $link }
post-vacancy-published =
    Ledigt jobb: { $title }

    { $summary }

    { $link }
post-vacancy-updated =
    Uppdaterat. Ledigt jobb: { $title }

    { $note }

    { $link }
post-vacancy-corrected =
    Rättat. Ledigt jobb: { $title }

    { $note }

    { $link }
post-vacancy-superseded =
    Ersatt. Ledigt jobb: { $title }

    { $note }

    { $link }
post-vacancy-withdrawn =
    Återkallat. Ledigt jobb: { $title }

    { $note }

    { $link }
post-vacancy-resolved =
    Avslutat. Ledigt jobb: { $title }

    { $summary }

    { $link }
post-page-published =
    { $title }

    { $summary }

    { $link }
post-page-updated =
    Uppdaterat: { $title }

    { $note }

    { $link }
post-page-corrected =
    Rättat: { $title }

    { $note }

    { $link }
post-page-superseded =
    Ersatt: { $title }

    { $note }

    { $link }
post-page-withdrawn =
    Återkallat: { $title }

    { $note }

    { $link }
post-page-resolved =
    Avslutat: { $title }

    { $summary }

    { $link }

## Pages of records
status-answered = Vad vi hörde och gjorde
status-answered-date = Stängd { $date }
uptime-title = De senaste 90 dagarna
uptime-sentence = Fungerade som vanligt { $good } av { $total } dagar.
uptime-table = Dag för dag
uptime-period = Dagar
decided-by = Beslutat av
vote-totals = Röster totalt
vote-total = Alla platser
check-this-record = Kontrollera uppgifterna
check-about = Talet nedan är uträknat ur postens text. Ändras ett enda ord, ändras både talet och sigillet.
check-how = Spara filen och kör kommandot; svaret ska vara samma tal:
check-more = Fler sätt att kontrollera
replaces-and-replaced = Ersatt, ändrat, rättat
rel-supersedes = Ersätter
rel-superseded-by = Ersatt av
rel-amends = Ändrar delvis
rel-amended-by = Delvis ändrad av
rel-corrects = Rättar
rel-corrected-by = Rättad av
tell-us = Är något fel, saknas något eller är det svårt att förstå? Berätta för oss. Numret står redan i ämnesraden.
feed-of-kind = Flöde
situation = Läget
what-we-know = Det här vet vi
what-we-do-not-know = Det här vet vi inte
what-we-do = Det här gör vi
what-you-do = Det här gör du
what-not-to-do = Gör inte så här
who-to-call = Hit ringer du
national-channel = Nationella varningar och råd:
consultation-upcoming = Du kan svara från
consultation-closed = Samrådet stängde
consultation-reading = Vi läser svaren. Vad vi hörde och vad vi gjorde publiceras på den här sidan.
who-decides = Vem bestämmer
the-question-was = Det här frågade vi
wrong-since = Fel sedan
languages-spoken = Språk
state-now = Så fungerar det nu
notice-kept = Tiden på anslagstavlan är slut. Sidan finns kvar som bevis för vad som anslogs.
notice-proof = Uppgifter om anslaget
deciding-body = Organ
officer = Anslaget av
how-to-appeal-this = Så överklagar du beslutet
took-part = Så kunde man svara
add-to-calendar = Lägg till i din kalender
status-under-way = Pågår
status-under-way-date = Till { $date }
## cards
card-alt = Kort med texten: { $words }
## Search

search = Sök
search-label = Sök i allt vi har publicerat
search-results = Träffar
search-filter = Begränsa
search-clear = Ta bort alla filter
search-by-best = Bästa träffen först
search-by-date = Nyast först
search-more = Visa fler
search-browse = Eller bläddra
search-no-script = För att söka på ord behövs JavaScript. Allt går också att nå genom listorna nedan.
search-none = Inget hittades. Pröva med färre ord, eller med början av ett ord.
search-failed = Sökningen kunde inte laddas. Försök igen, eller använd listorna nedan.
search-found = { $count ->
    [one] { $number } träff
   *[other] { $number } träffar
}

## feeds, calendars, CAP
feed-corrected = Rättat: { $title }
feed-withdrawn = Återkallat: { $title }
feed-superseded = Ersatt: { $title }
feed-superseded-by = Ersätts av: { $title }
feed-explained = Det här är ett flöde. Kopiera adressen nedan till en nyhetsläsare, så hämtar den det som är nytt. Du behöver inget konto och lämnar ingen adress.
feed-to-page = Till sidan på webbplatsen
cap-of-alert = Varning i CAP-format
cap-of-all = Alla varningar i CAP-format
cap-all-clear = Faran är över: { $title }
cap-all-clear-about = Faran är över. Råden gäller inte längre.
calendar-works = Planerat arbete

## Pages of the site
as-of = Läget
show-all = Visa alla
newest-page = nyaste
filtered-by = Här visas
remove-filter = ta bort filtret
filter-here = Filtrera listan på dess första sida
terms-bodies = Beslutsfattare
terms-bodies-about = Nämnder, styrelser och tjänstemän, med allt som var och en har publicerat.
terms-topics = Ämnen
terms-topics-about = Allt vi har publicerat, efter vad det handlar om.
terms-audiences = Målgrupper
terms-audiences-about = Allt vi har publicerat, efter vem det rör.
terms-places = Platser
terms-places-about = Allt vi har publicerat, efter platsen det rör.
alert-level-life = Fara för liv
alert-level-important = Viktigt
alert-level-notice = För kännedom
status-about = Hur varje tjänst fungerar nu, vad som är planerat och vad som har varit stört.
status-all = Alla tjänster
no-disruption = Ingen tjänst är störd.
no-planned-work = Inget arbete är planerat.
no-past-disruption = Ingen störning finns antecknad.
calendar-event = Träff i ett samråd
calendar-file = Kalenderfil
claims-about = Påståenden som har spridits om oss. Det som är sant står först.
own-corrections-about = Vad vi skrev fel, sedan när, och vad som står där nu.
plan = Kommande beslut
plan-about = Vad som ska beslutas, var du ännu kan tycka till och vad som snart börjar gälla.
plan-honest = Listan görs av dagordningar, samråd och beslut som är publicerade. Det som ännu inte står på en publicerad dagordning finns inte här.
plan-meetings = På dagordningen
plan-no-meetings = Inget kommande möte är publicerat.
plan-no-agenda = Dagordningen är inte publicerad än.
plan-decisions = Aviserat för beslut
plan-decided = Ska beslutas
plan-speak = Här kan du tycka till
plan-effect = Beslutat, gäller inte än
plan-no-effect = Inget publicerat beslut väntar på att börja gälla.
board-count = { $count ->
    [0] Inget är anslaget nu.
    [one] { $number } anslag är uppe nu.
   *[other] { $number } anslag är uppe nu.
}
board-what = Det här är den digitala anslagstavlan. Den är skild från våra andra sidor och innehåller bara det som lagen tillåter.
board-law = Kommunallagen (2017:725), 8 kap. 9–12 §§
board-nothing = Inget är anslaget under den här rubriken nu.
board-taken-down = Nedtaget
board-log = Anslagslogg
board-log-about = När varje anslag sattes upp och när det tas ned. Ett anslag som är nedtaget behåller sin sida.
board-log-down = Nere från
verify = Kontrollera en post
verify-about = Så kan vem som helst kontrollera att en post säger det vi publicerade, och vad det inte bevisar.
verify-what = Vad som kan kontrolleras
verify-what-text = Bredvid varje sida ligger en fil, record.json. Den innehåller det som sidan säger: rubrik, alla uppgifter och texten, utan formgivningen. Sidan visar filens fingeravtryck, som är dess SHA-256-summa. Ändras ett enda tecken i filen blir fingeravtrycket ett annat.
verify-count = Poster med fingeravtryck, varje språk räknat
verify-how = Så gör du
verify-step-1 = Hämta postens fil. Länken står i rutan ”{ check-this-record }” längst ned på sidan.
verify-step-2 = Räkna ut filens fingeravtryck med ett program på din egen dator.
verify-step-3 = Jämför med fingeravtrycket på sidan, eller med ett som någon har antecknat eller skrivit ut tidigare.
verify-example = Ett exempel
verify-windows = Windows, i PowerShell
verify-same = Svaret ska bli
verify-seal = Sigillet
verify-seal-text = Sigillet är ett mönster som ritas av fingeravtrycket. Det hjälper dig att märka att två kopior skiljer sig. Det är inget bevis: jämför själva fingeravtrycket.
verify-limits = Vad det inte bevisar
verify-limits-text = Fingeravtrycket på en sida visar att sidan och filen hör ihop. Den som kunde ändra båda kunde också ändra fingeravtrycket. Anteckna eller skriv därför ut fingeravtrycket för en post som är viktig för dig, och jämför senare.
verify-corrections = Var rättelser står
verify-corrections-text = En post som har ändrats listar sina ändringar med datum under ”{ changes-to-this-page }”. En post som har ersatts eller dragits tillbaka behåller sin sida och säger det. Våra egna fel står på sidan med rättelser.
home-check-title = En post du kan kontrollera
home-check-about = Varje post har ett fingeravtryck. Det här mönstret är ritat av fingeravtrycket för den nyaste:
home-check-how = Så kontrollerar du en post
site-map = Webbplatsens innehåll
site-map-about = Varje lista och varje fast sida på ett ställe.
site-map-now = Nu och snart
open-data = Öppna data
our-accounts = Våra konton
accounts-about = Här berättar vi också nyheter. Länkarna lämnar webbplatsen. Det som gäller står på webbplatsen.
subscribe-how = Så fungerar det
subscribe-step-1 = Skaffa en flödesläsare: ett program eller en app som hämtar nyheter från många webbplatser.
subscribe-step-2 = Kopiera adressen till ett flöde här nedanför. Atom, RSS och JSON Feed innehåller detsamma; ta det som din läsare kan.
subscribe-step-3 = Lägg in adressen i flödesläsaren. Den visar det som är nytt, och det som har rättats eller dragits tillbaka.
subscribe-private = Vi får inte veta att du prenumererar, och du kan sluta när du vill.
everything = Allt
## Open data
open-data-about = Allt på webbplatsen som data: fritt att hämta, utan nyckel och utan konto.
data-licence = Licens
data-no-licence = Ingen licens har angetts än. Fråga oss innan du publicerar uppgifterna på nytt.
data-files = Filer
data-everything = Allt
data-everything-about = Alla poster med alla fält och samband.
data-terms = Listor
data-terms-about = Namnen bakom beteckningarna: beslutsfattare, ämnen, målgrupper, platser.
data-dictionary = Vad kolumnerna betyder
data-dictionary-about = Förklaring av alla tabeller. Beskrivningarna är på engelska.
data-catalogue = Katalog
data-catalogue-about = För dataportaler (DCAT-AP 3).
data-column = Kolumn
data-holds = Innehåller
data-says = Vad den säger
data-several = flera, med | emellan
data-how = Så är tabellerna skrivna
data-how-about = En rad för varje post och språk, i UTF-8, med komma mellan cellerna. En cell som ett kalkylprogram skulle köra som en formel börjar med en apostrof. Listor av fält står i cellen som JSON.
data-stable = Kolumner läggs bara till, efter dem som redan finns.
data-holds-text = text
data-holds-markdown = Markdown
data-holds-flag = true eller false
data-holds-count = ett heltal
data-holds-day = en dag
data-holds-instant = en tid med tidszon
data-holds-stamp = en dag, eller en tid med tidszon
data-holds-url = en adress
data-holds-word = ett av
data-holds-lang = ett språk
data-holds-json = JSON

## Den öppna loggen: versioner, utplånade poster, kontroll
field-contact = Kontakt
field-no = nej
field-other = Övriga uppgifter
field-reference = Beteckning
field-text = Text
field-title = Rubrik
field-url = Adress
field-yes = ja
reason = Skäl
reason-correction = ett fel har rättats
reason-superseded = något nyare har trätt i stället
reason-court-order = en domstol har beslutat det
reason-data-protection = skydd av personuppgifter
reason-copyright = någon annans rätt till texten
reason-mistake = det publicerades av misstag
act-revised = Ändrad
act-erased = Utplånad
version-name = Version nr { $number }
version-notice = Det här är version { $number }. Den gäller inte längre.
version-this = denna version
version-current = Till sidan som den är nu
version-text = Vad denna version sade
versions-in-log = Versioner i den öppna loggen
diff-added = Tillagt:
diff-removed = Borttaget:
diff-none = Inget av det som posten säger har ändrats.
diff-show = Vad som ändrades
diff-between = Vad som ändrades från version { $old } till version { $new }
erased-title = Den här posten har utplånats
erased-about = Rubriken och texten har tagits bort för gott, och ingen kopia finns kvar här. Den öppna loggen visar fortfarande att det fanns en post och när den utplånades.
erased-id = Nummer i loggen
prove-about = Posten står i vår öppna logg. Det som står där kan inte ändras eller tas bort utan att det märks.
prove-number = Den är notering { $number }.
prove-go = Kontrollera nu
prove-proof = Bevis ur loggen
prove-checkpoint = Loggens signerade läge
prove-pending = Detta står inte i den öppna loggen än. Det gör det när webbplatsen publiceras nästa gång.
prove-failed = Kontrollen kunde inte startas. Försök igen, eller kontrollera med ett annat program.
prove-busy = Kontrollerar …
prove-good = Kontrollerat: posten är den som publicerades, och den står i den signerade loggen.
prove-bad = Kontrollen misslyckades. Något här hör inte ihop; nedan står vad.
prove-unfinished = Kontrollen kunde inte slutföras. Inget befanns vara fel.
prove-ok-record = Filen record.json har det fingeravtryck som sidan visar.
prove-ok-page = Rubrik, språk och adress i filen är den här sidans.
prove-ok-leaf = Noteringen i loggen gäller exakt den här filen.
prove-ok-key = Loggens läge är signerat med den nyckel som sidan anger.
prove-ok-in = Noteringen finns i den signerade loggen.
prove-ok-now = Dagens logg är signerad, och allt som fanns i den då finns kvar oförändrat.
prove-fail-record = Filen record.json har inte det fingeravtryck som sidan visar.
prove-fail-page = Filen record.json gäller inte den här sidan: rubrik, språk eller adress är andra.
prove-fail-leaf = Noteringen i loggen gäller en annan fil än den här.
prove-fail-key = Loggens läge är inte signerat med den nyckel som sidan anger.
prove-fail-in = Noteringen finns inte i den signerade loggen.
prove-fail-now = Dagens logg fortsätter inte den tidigare: den har ändrats, kortats eller signerats av någon annan.
prove-form = Kan inte läsas, för det har ändrats eller skadats: { $what }
prove-gone = Kunde inte hämtas: { $what }
prove-no-key = Den här webbläsaren kan inte kontrollera signaturer (Ed25519). Använd en nyare, eller programmet promulgate verify.
prove-entry = Notering { $what }
prove-withdrawn = Loggen säger att detta har dragits tillbaka.
prove-unproven = Vad som inte kontrollerades
prove-now-left = Om dagens logg fortfarande innehåller allt som fanns i den.
prove-not-others = Om andra människor får se en annan logg. Spara därför det signerade läget nedan och jämför det med ett som någon annan har sparat.
prove-not-newer = Om loggen har en nyare version av posten.
prove-not-page = Om resten av sidan säger detsamma som filen record.json. Öppna filen och jämför.
prove-not-true = Om det som posten säger är sant.
prove-not-script = Om själva kontrollen är ärlig: den kommer från samma webbplats. Ett program från annat håll, till exempel promulgate verify, beror inte på något här.
prove-state = Loggens signerade läge som kontrollerades
prove-keep = Spara läget
log-title = Den öppna loggen
log-what = Varje publicering, ändring, tillbakadragande och utplåning av en post är en notering i en öppen logg. Noteringar läggs bara till. Varje läge av loggen signeras, och varje senare läge bevisar att det fortfarande har alla tidigare noteringar.
log-not-text = Loggen innehåller ingen text och inget namn: bara ett nummer utan betydelse, en tid, vad som gjordes och ett förseglat fingeravtryck som ingen kan gissa texten ur.
log-size = Noteringar
log-key = Loggens nyckel
log-key-about = Jämför nyckeln med den på ett tryckt anslag eller en annan av våra webbplatser.
log-feed = Loggens signerade lägen
log-feed-about = Varje signerat läge av den öppna loggen. Den som sparar dem kan senare visa om loggen har skrivits om.
log-state = Läge med { $number } noteringar
log-whole = Kontrollera hela webbplatsen
log-whole-about = Programmet promulgate verify kontrollerar varje fil, varje notering och varje post. Ta nyckeln från ett anslag, inte härifrån.
log-tools = Kontrollera med vanliga verktyg
log-tools-about = Kommandona skriver ut noteringen och sedan ett tal. Samma tal ska stå i noteringen.
log-limits = Loggen bevisar inte att det som en post säger är sant, och inte vem som skrev det. Den som har vår signeringsnyckel skulle kunna föra en andra logg och visa den för några; det upptäcks av dem som sparar signerade lägen och jämför dem.
log-keep = Spara därför ett signerat läge då och då, eller följ flödet. Med ett gammalt läge visar promulgate verify om något före det har ändrats.
