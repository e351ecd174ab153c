# Daylight: қазақша. Every language has the same keys; a site may replace any of them in its own messages.

# The frame of every page
skip = Негізгі мазмұнға өту
language = Тіл
main-navigation = Негізгі мәзір
breadcrumb = Сіз осы жердесіз
home = Басты бет
follow = Жазылыңыз
about-this-site = Сайт туралы
last-built = Сайт жаңартылған уақыт
no-tracking = Cookie жоқ, бақылау жоқ.
updated = Жаңартылды
published = Жарияланды
expires = Жарамдылық мерзімі
undated = Күні көрсетілмеген

# Kinds
kind-decision = Шешім
kind-update = Қызмет жаңалығы
kind-alert = Ескерту
kind-consultation = Қоғамдық талқылау
kind-correction = Түзету
kind-service = Қызмет
kind-meeting = Отырыс
kind-notice = Хабарландыру
kind-vacancy = Бос жұмыс орны
kind-page = Бет
kinds-decision = Шешімдер
kinds-update = Қызмет жаңалықтары
kinds-alert = Ескертулер
kinds-consultation = Қоғамдық талқылаулар
kinds-correction = Түзетулер
kinds-service = Қызметтер
kinds-meeting = Отырыстар
kinds-notice = Хабарландыру тақтасы
kinds-vacancy = Бос жұмыс орындары
kinds-page = Беттер
nav-decision = Шешімдер
nav-service = Қызметтер
nav-consultation = Пікір білдіру
nav-correction = Түзетулер
nav-meeting = Отырыстар
nav-notice = Хабарландыру тақтасы
about-decision = Не шешілді, кім шешті, неге және қалай шағымдануға болады.
about-update = Қызметтердегі іркілістер, жоспарлы жұмыстар мен өзгерістер.
about-alert = Қазір күшіндегі ескертулер және қауіп сейілгені хабарланған бұрынғылары.
about-consultation = Қазір жауап беруге болатын сұрақтар және бұрынғы жауаптардың нәтижесі.
about-correction = Өзіміз түзеткен қателер және жалған мәлімдемелер мен фактілер.
about-service = Барлық қызметтер және олардың қазіргі жағдайы.
about-meeting = Отырысқа дейін күн тәртібі, кейін хаттама.
about-notice = Заң талап ететін хабарландырулар. Мұнда басқа ештеңе ілінбейді.
about-vacancy = Өтініш беруге болатын жұмыстар.
about-page = Муниципалитет пен сайт туралы беттер.

# Home and lists
latest-decisions = Соңғы шешімдер
all-decisions = Барлық шешімдер
all-services = Барлық қызметтер
all-corrections = Барлық түзетулер
no-open-consultation = Қазір ашық талқылау жоқ.
services-now = Қызметтердің қазіргі жағдайы
checked = Тексерілді
put-right = Түзетілді
own-corrections = Өз мәтінімізді түзеттік
false-claims = Мәлімдемелер мен фактілер
nothing-here = Мұнда әзірге ештеңе жоқ.
pages = Беттер
newer = Жаңарақ
older = Бұрынғырақ
previous = Алдыңғы
next = Келесі
neighbours = Алдыңғы және келесі
feed-of-list = Осы тізімнің лентасы
feed-of-everything = Барлық жаңалық лентасы
by-kind = Түрі бойынша
by-year = Жылы бойынша
by-body = Шешім қабылдаған орган бойынша
by-topic = Тақырып бойынша
by-place = Орны бойынша
by-audience = Кімге арналғаны бойынша
group-alert-active = Қазір күшінде
group-consultation-open = Жауап қабылдануда
group-consultation-upcoming = Жақында ашылады
group-meeting-upcoming = Алдағы отырыстар
group-notice-posted = Қазір ілінген
group-vacancy-open = Өтініш қабылдануда
group-update-outage = Қазіргі ажыратулар
group-update-degraded = Қазіргі іркілістер
group-update-maintenance = Жүріп жатқан жұмыстар
group-update-planned = Жоспарлы жұмыстар
disturbed-now = Қазіргі іркілістер
planned-work = Жоспарлы және жүріп жатқан жұмыстар
over-now = Аяқталды
board-appeal = Муниципалитет шешіміне әкімшілік сотқа шағымдануға болады. Шағым хаттама осы жерде жарияланған күннен бастап үш апта ішінде түсуі керек.
calendar = Күнтізбе
calendar-about = Отырыстар және соңғы күндер: жауап беру, өтініш беру, шағымдану.
calendar-meeting = Отырыс
calendar-closes = Жауап берудің соңғы күні
calendar-opens = Талқылау ашылады
calendar-apply = Өтініш берудің соңғы күні
calendar-appeal = Шағымданудың соңғы күні
past-meetings = Өткен отырыстар
subscribe = Жазылу
subscribe-about = Нені бақылағыңыз келетінін таңдаңыз. Жаңалықты лента оқитын бағдарлама жинайды; тіркелгі де, мекенжай да қажет емес.
not-found = Бет табылмады
not-found-about = Мекенжай қате жазылған немесе бет көшірілген болуы мүмкін. Ештеңе үнсіз жойылмайды: қайтарып алынған жазбаның беті сақталады.
to-home = Басты бетке

# A record
in-plain-language = Қарапайым тілмен
key-facts = Негізгі деректер
on-this-page = Осы бетте
case = Іс
responsible = Жауапты
areas = Аумақтар
topics = Тақырыптар
audiences = Кімге арналған
documents = Құжаттар
withheld = Жарияланбайды
timeline = Уақыт шкаласы
still-ahead = Алда
changes-to-this-page = Осы беттегі өзгерістер
first-published = Алғаш жарияланды.
corrected = Түзетілді
superseded = Ауыстырылды
related = Тағы қараңыз
decisions-after = Осыдан кейін қабылданған шешімдер
decided-here = Осында шешілді
decision-taken = Шешім
where-announced = Біз жариялаған жерлер
leaves-site = Сілтемелер басқа сайттарға апарады.
follow-and-ask = Бақылау және сұрау
ask-or-report = Сұрау немесе қатені хабарлау
notice-withdrawn = Бұл қайтарып алынды.
notice-stale = Бұл аударма түпнұсқадан ескі. Түпнұсқа негізге алынады:
notice-superseded = Мұны жаңа шешім алмастырды:
notice-amended = Ішінара өзгерткен шешім:
notice-corrected = Бұл бет түзетілді:
notice-supersedes = Бұл мынаны алмастырады:
notice-amends = Бұл мынаны ішінара өзгертеді:
notice-corrects = Бұл мынаны түзетеді:

# Decisions
what-was-decided = Не шешілді
why = Неге
cost = Құны
options = Қаралған нұсқалар
chosen = Таңдалды
not-chosen = Таңдалмады
pros = Артықшылығы
cons = Кемшілігі
why-chosen = Неге таңдалды
why-not-chosen = Неге таңдалмады
how-they-voted = Қалай дауыс берді
vote-for = қолдады
vote-against = қарсы
vote-abstained = қалыс қалды
vote-absent = қатыспады
vote-filled = боялған нүктелер
vote-rings = шеңберлер
vote-dots = кішкентай нүктелер
vote-roll = Партия немесе орын бойынша дауыстар
vote-who = Партия немесе депутат орны
vote-how = Қалай дауыс берді
seats = Орындар
interests = Мүдделер қақтығысы
none-declared = Мәлімделмеген.
left-room = Залдан шықты.
dispensation = Рұқсат
reservations = Ерекше пікірлер
legal-basis = Құқықтық негіз
how-to-appeal = Қалай шағымдануға болады
appeal-by = Шағымдану мерзімі
appeal-must-arrive = Шағымыңыз осы күннен кешіктірілмей түсуі керек.
appeal-to = Жіберетін жер
decided-on = Қабылданды
decision-makers = Шешім қабылдағандар
announced-on-board = Хабарландыру тақтасында жарияланды
in-force-from = Күшіне ену күні
valid-until = Қолданылу мерзімі
implemented-on = Орындалды
last-day-to-appeal = Шағымданудың соңғы күні
partly-published = Бұл жазбаның бір бөлігі жарияланбайды.

# Alerts and updates
what-to-do-now = Қазір не істеу керек
what-applied = Қолданылған шаралар
questions = Сұрағыңыз бар ма? Қоңырау шалыңыз:
next-update = Келесі хабар
all-clear = Қауіп сейілді
updates = Жаңартулар
severity = Ауырлығы
urgency = Шұғылдығы
certainty = Анықтығы
category = Санаты
response = Әрекет
effective = Күшіне ену уақыты
onset = Басталды
coordinates = Координаттар
state = Жағдайы
starts = Басталуы
ends = Аяқталуы

# Consultations
opens = Ашылады
closes = Жабылады
who-may-answer = Кім жауап бере алады
answer-by = Жауап беру мерзімі
what-we-heard = Не естідік және не істедік
you-said = Сіздер айттыңыздар
we-did = Біз істедік
result = Нәтиже
the-question = Сұрақ
take-part = Қатысу
events = Кездесулер

# Corrections
verdict = Баға
correction-type = Түрі
corrects = Түзетеді
what-is-true = Шындық
the-claim = Мәлімдеме
seen-at = Көрінген жері
now-reads = Дұрысы
was-wrong = Бұрын жазылғаны
evidence = Дәлелдер

# Services, meetings, notices, vacancies
time-needed = Қанша уақыт алады
ways = Қалай
who = Кімге арналған
bring = Не алып келу керек
hours = Жұмыс уақыты
where = Өтетін жері
agenda = Күн тәртібі
minutes = Хаттама
notice-kind = Хабарландыру түрі
posted = Ілінген күні
approved = Хаттама бекітілді
take-down = Алынатын күні
kept-at = Сақталатын жері
apply-by = Өтініш беру мерзімі
employment = Жұмыс түрі
salary = Жалақы

# What Markdown needs
md-table = Кесте
md-footnotes = Сілтемелер
md-footnote-back = Мәтінге оралу
md-done = Орындалды
md-open = Орындалмаған
md-note = Ескертпе
md-tip = Кеңес
md-important = Маңызды
md-warning = Абайлаңыз
md-caution = Қауіпті

# Statuses; the second text stands beside a date
status-upcoming = Алда
status-upcoming-date = Басталуы: { $date }
status-open = Ашық
status-open-date = Соңғы мерзімі: { $date }
status-closed = Жабық
status-closed-date = Жабылған күні: { $date }
status-decided = Шешілді
status-decided-date = Шешім қабылданған күні: { $date }
status-appealable = Шешілді
status-appealable-date = Шағымдану мерзімі: { $date }
status-final = Түпкілікті
status-final-date = Түпкілікті болған күні: { $date }
status-in-force = Күшінде
status-in-force-date = Күшіне енген күні: { $date }
status-implemented = Орындалды
status-implemented-date = Орындалған күні: { $date }
status-expired = Мерзімі өтті
status-expired-date = Мерзімі өткен күні: { $date }
status-superseded = Ауыстырылды
status-superseded-date = Ауыстырылған күні: { $date }
status-withdrawn = Қайтарып алынды
status-withdrawn-date = Қайтарып алынған күні: { $date }
status-active = Қазір күшінде
status-active-date = Басталған уақыты: { $date }
status-resolved = Қауіп сейілді
status-resolved-date = Қауіп сейілген уақыт: { $date }
status-operational = Қалыпты
status-operational-date = Қалыпты жұмыс басталған уақыт: { $date }
status-maintenance = Жөндеу жұмысы
status-maintenance-date = Жөндеу басталған уақыт: { $date }
status-degraded = Іркіліс бар
status-degraded-date = Іркіліс басталған уақыт: { $date }
status-outage = Істемейді
status-outage-date = Тоқтаған уақыты: { $date }
status-planned = Жоспарланған
status-planned-date = Жоспарланған уақыт: { $date }
status-over = Аяқталды
status-over-date = Аяқталған уақыты: { $date }
status-posted = Ілінген
status-posted-date = Алынатын күні: { $date }
status-taken-down = Алынды
status-taken-down-date = Алынған күні: { $date }
status-corrected = Түзетілді
status-corrected-date = Түзетілген күні: { $date }
status-verdict-false = Мәлімдеме жалған
status-verdict-false-date = Тексерілген күні: { $date }
status-verdict-misleading = Мәлімдеме жаңылыстырады
status-verdict-misleading-date = Тексерілген күні: { $date }
status-verdict-missing-context = Мәлімдеменің толық мәнмәтіні жоқ
status-verdict-missing-context-date = Тексерілген күні: { $date }
status-verdict-outdated = Мәлімдеме ескірген
status-verdict-outdated-date = Тексерілген күні: { $date }
status-verdict-satire = Мәлімдеме — сатира
status-verdict-satire-date = Тексерілген күні: { $date }
status-verdict-true = Мәлімдеме рас
status-verdict-true-date = Тексерілген күні: { $date }
status-own-error = Өз қатемізді түзеттік
status-own-error-date = Түзетілген күні: { $date }
status-published = Жарияланды
status-published-date = Жарияланған күні: { $date }

# Words of closed lists
word-state-operational = Қалыпты
word-state-maintenance = Жөндеу жұмысы
word-state-degraded = Іркіліс бар
word-state-outage = Істемейді
word-category-geo = Жер және топырақ
word-category-met = Ауа райы
word-category-safety = Қауіпсіздік
word-category-security = Құқық қорғау
word-category-rescue = Құтқару
word-category-fire = Өрт
word-category-health = Денсаулық
word-category-env = Қоршаған орта
word-category-transport = Көлік
word-category-infra = Инженерлік желілер
word-category-cbrne = Қауіпті заттар
word-category-other = Басқа
word-severity-extreme = Төтенше
word-severity-severe = Ауыр
word-severity-moderate = Орташа
word-severity-minor = Жеңіл
word-severity-unknown = Белгісіз
word-urgency-immediate = Дереу әрекет етіңіз
word-urgency-expected = Бір сағат ішінде
word-urgency-future = Жақын арада
word-urgency-past = Өтіп кетті
word-urgency-unknown = Белгісіз
word-certainty-observed = Анықталды
word-certainty-likely = Ықтимал
word-certainty-possible = Мүмкін
word-certainty-unlikely = Екіталай
word-certainty-unknown = Белгісіз
word-response-shelter = Паналаңыз
word-response-evacuate = Аумақтан кетіңіз
word-response-prepare = Дайындалыңыз
word-response-execute = Нұсқауды орындаңыз
word-response-avoid = Аулақ болыңыз
word-response-monitor = Жаңалықты қадағалаңыз
word-response-assess = Жағдайды бағалаңыз
word-response-allclear = Қауіп сейілді
word-response-none = Қажет емес
word-verdict-false = Жалған
word-verdict-misleading = Жаңылыстырады
word-verdict-missing-context = Толық мәнмәтін жоқ
word-verdict-outdated = Ескірген
word-verdict-satire = Сатира
word-verdict-true = Шындық
word-type-clerical = Техникалық қате
word-type-substantive = Мазмұндық қате
word-type-retraction = Қайтарып алу
word-ways-online = Онлайн
word-ways-phone = Телефон арқылы
word-ways-office = Келіп
word-notice-kind-council-meeting = Кеңес отырысы
word-notice-kind-minutes = Бекітілген хаттама
word-notice-kind-delegated-decision = Өкілеттікпен қабылданған шешім
word-notice-kind-board-meeting = Комитет отырысы
word-notice-kind-other-law = Өзге заң бойынша хабарландыру
word-vote-for = қолдады
word-vote-against = қарсы
word-vote-abstained = қалыс қалды
word-vote-absent = қатыспады
word-status-changed = Өзгертілді
word-status-partly = Ішінара өзгертілді
word-status-kept = Өзгертілген жоқ

# Sentences with numbers
page-number = { $number }-бет
list-count = { $count ->
    [one] { $number } жазба
   *[other] { $number } жазба
}
finished-consultations = { $count ->
    [one] Не естідік және не істедік: аяқталған { $number } талқылау
   *[other] Не естідік және не істедік: аяқталған { $number } талқылау
}
status-sentence = { $count ->
    [0] Барлық қызмет қалыпты жұмыс істейді.
    [one] { $number } қызметте іркіліс бар.
   *[other] { $number } қызметте іркіліс бар.
}
vote-sentence = { $total } орын: { $for } қолдады, { $against } қарсы, { $abstained } қалыс қалды, { $absent } қатыспады.

# Posts: $title, $summary, $link, and $note, which says what changed
post-published =
    { $title }

    { $summary }

    { $link }
post-updated =
    Жаңартылды: { $title }

    { $note }

    { $link }
post-corrected =
    Түзетілді: { $title }

    { $note }

    { $link }
post-superseded =
    Ауыстырылды: { $title }

    { $note }

    { $link }
post-withdrawn =
    Қайтарып алынды: { $title }

    { $note }

    { $link }
post-resolved =
    Қауіп сейілді: { $title }

    { $summary }

    { $link }
post-reminder =
    Еске салу: { $title }

    { $summary }

    { $link }
post-decision-published =
    Шешім: { $title }

    { $summary }

    { $link }
post-decision-updated =
    Жаңартылды. Шешім: { $title }

    { $note }

    { $link }
post-decision-corrected =
    Түзетілді. Шешім: { $title }

    { $note }

    { $link }
post-decision-superseded =
    Ауыстырылды. Шешім: { $title }

    { $note }

    { $link }
post-decision-withdrawn =
    Қайтарып алынды. Шешім: { $title }

    { $note }

    { $link }
post-decision-resolved =
    Аяқталды. Шешім: { $title }

    { $summary }

    { $link }
post-decision-reminder =
    Шағымданудың соңғы күні: { $date }. { $title }

    { $summary }

    { $link }
post-update-published =
    Қызмет жаңалығы: { $title }

    { $summary }

    { $link }
post-update-updated =
    Жаңартылды. Қызмет жаңалығы: { $title }

    { $note }

    { $link }
post-update-corrected =
    Түзетілді. Қызмет жаңалығы: { $title }

    { $note }

    { $link }
post-update-superseded =
    Ауыстырылды. Қызмет жаңалығы: { $title }

    { $note }

    { $link }
post-update-withdrawn =
    Қайтарып алынды. Қызмет жаңалығы: { $title }

    { $note }

    { $link }
post-update-resolved =
    Аяқталды. Қызмет жаңалығы: { $title }

    { $summary }

    { $link }
post-update-reminder =
    Жоспарлы жұмыстың басталуы: { $date }. { $title }

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
    Түзетілді: { $title }

    { $note }

    { $link }
post-alert-superseded =
    Ауыстырылды: { $title }

    { $note }

    { $link }
post-alert-withdrawn =
    Қайтарып алынды: { $title }

    { $note }

    { $link }
post-alert-resolved =
    Қауіп сейілді: { $title }

    { $summary }

    { $link }
post-consultation-published =
    Қоғамдық талқылау: { $title }

    { $summary }

    { $link }
post-consultation-updated =
    Жаңартылды. Қоғамдық талқылау: { $title }

    { $note }

    { $link }
post-consultation-corrected =
    Түзетілді. Қоғамдық талқылау: { $title }

    { $note }

    { $link }
post-consultation-superseded =
    Ауыстырылды. Қоғамдық талқылау: { $title }

    { $note }

    { $link }
post-consultation-withdrawn =
    Қайтарып алынды. Қоғамдық талқылау: { $title }

    { $note }

    { $link }
post-consultation-resolved =
    Аяқталды. Қоғамдық талқылау: { $title }

    { $summary }

    { $link }
post-consultation-reminder =
    Пікір қабылдаудың соңғы мерзімі: { $date }. { $title }

    { $summary }

    { $link }
post-correction-published =
    Түзету: { $title }

    { $summary }

    { $link }
post-correction-updated =
    Жаңартылды. Түзету: { $title }

    { $note }

    { $link }
post-correction-corrected =
    Түзетілді. Түзету: { $title }

    { $note }

    { $link }
post-correction-superseded =
    Ауыстырылды. Түзету: { $title }

    { $note }

    { $link }
post-correction-withdrawn =
    Қайтарып алынды. Түзету: { $title }

    { $note }

    { $link }
post-correction-resolved =
    Аяқталды. Түзету: { $title }

    { $summary }

    { $link }
post-service-published =
    Қызмет: { $title }

    { $summary }

    { $link }
post-service-updated =
    Жаңартылды. Қызмет: { $title }

    { $note }

    { $link }
post-service-corrected =
    Түзетілді. Қызмет: { $title }

    { $note }

    { $link }
post-service-superseded =
    Ауыстырылды. Қызмет: { $title }

    { $note }

    { $link }
post-service-withdrawn =
    Қайтарып алынды. Қызмет: { $title }

    { $note }

    { $link }
post-service-resolved =
    Аяқталды. Қызмет: { $title }

    { $summary }

    { $link }
post-meeting-published =
    Отырыс: { $title }

    { $summary }

    { $link }
post-meeting-updated =
    Жаңартылды. Отырыс: { $title }

    { $note }

    { $link }
post-meeting-corrected =
    Түзетілді. Отырыс: { $title }

    { $note }

    { $link }
post-meeting-superseded =
    Ауыстырылды. Отырыс: { $title }

    { $note }

    { $link }
post-meeting-withdrawn =
    Қайтарып алынды. Отырыс: { $title }

    { $note }

    { $link }
post-meeting-resolved =
    Аяқталды. Отырыс: { $title }

    { $summary }

    { $link }
post-notice-published =
    Хабарландыру: { $title }

    { $summary }

    { $link }
post-notice-updated =
    Жаңартылды. Хабарландыру: { $title }

    { $note }

    { $link }
post-notice-corrected =
    Түзетілді. Хабарландыру: { $title }

    { $note }

    { $link }
post-notice-superseded =
    Ауыстырылды. Хабарландыру: { $title }

    { $note }

    { $link }
post-notice-withdrawn =
    Қайтарып алынды. Хабарландыру: { $title }

    { $note }

    { $link }
post-notice-resolved =
    Аяқталды. Хабарландыру: { $title }

    { $summary }

    { $link }
post-vacancy-published =
    Бос жұмыс орны: { $title }

    { $summary }

    { $link }
post-vacancy-updated =
    Жаңартылды. Бос жұмыс орны: { $title }

    { $note }

    { $link }
post-vacancy-corrected =
    Түзетілді. Бос жұмыс орны: { $title }

    { $note }

    { $link }
post-vacancy-superseded =
    Ауыстырылды. Бос жұмыс орны: { $title }

    { $note }

    { $link }
post-vacancy-withdrawn =
    Қайтарып алынды. Бос жұмыс орны: { $title }

    { $note }

    { $link }
post-vacancy-resolved =
    Аяқталды. Бос жұмыс орны: { $title }

    { $summary }

    { $link }
post-page-published =
    { $title }

    { $summary }

    { $link }
post-page-updated =
    Жаңартылды: { $title }

    { $note }

    { $link }
post-page-corrected =
    Түзетілді: { $title }

    { $note }

    { $link }
post-page-superseded =
    Ауыстырылды: { $title }

    { $note }

    { $link }
post-page-withdrawn =
    Қайтарып алынды: { $title }

    { $note }

    { $link }
post-page-resolved =
    Аяқталды: { $title }

    { $summary }

    { $link }

## Pages of records
status-answered = Қорытынды: не айтылды, не жасалды
status-answered-date = Жабылды: { $date }
uptime-title = Соңғы 90 күн
uptime-sentence = { $total } күннің { $good } күнінде әдеттегідей жұмыс істеді.
uptime-table = Күн сайын
uptime-period = Күндер
decided-by = Шешімді қабылдаған
vote-totals = Дауыс беру қорытындысы
vote-total = Барлық орын
check-this-record = Бұл жазбаны тексеріңіз
check-about = Төмендегі сан осы жазбаның мәтінінен есептелген. Бір сөз өзгерсе, сан да, мөр де өзгереді.
check-how = Файлды сақтап, мына команданы орындаңыз; ол дәл сол санды көрсетуі керек:
check-more = Тексерудің басқа жолдары
replaces-and-replaced = Алмастырылды, өзгертілді, түзетілді
rel-supersedes = Алмастырады
rel-superseded-by = Алмастырған
rel-amends = Ішінара өзгертеді
rel-amended-by = Ішінара өзгерткен
rel-corrects = Түзетеді
rel-corrected-by = Түзеткен
tell-us = Бірдеңе қате ме, жетіспей ме, әлде түсіну қиын ба? Бізге айтыңыз. Нөмірі хаттың тақырыбында тұр.
feed-of-kind = Лента
situation = Жағдай
what-we-know = Не білеміз
what-we-do-not-know = Не білмейміз
what-we-do = Не істеп жатырмыз
what-you-do = Сіз не істейсіз
what-not-to-do = Не істемеу керек
who-to-call = Қайда қоңырау шалу керек
national-channel = Жалпыұлттық ескертулер мен кеңестер:
consultation-upcoming = Жауап беруге болады:
consultation-closed = Талқылау жабылды:
consultation-reading = Жауаптарды оқып жатырмыз. Не айтылғаны және не жасалғаны осы бетте жарияланады.
who-decides = Кім шешеді
the-question-was = Не сұрадық
wrong-since = Қате болған кезі
languages-spoken = Тілдер
state-now = Қазір қалай жұмыс істейді
notice-kept = Тақтада тұру мерзімі аяқталды. Бет хабарландырудың дәлелі ретінде қалады.
notice-proof = Хабарландыру туралы мәлімет
deciding-body = Орган
officer = Жариялаған
how-to-appeal-this = Бұл шешімге қалай шағымдануға болады
took-part = Қалай жауап беруге болатын еді
add-to-calendar = Күнтізбеге қосу
status-under-way = Өтіп жатыр
status-under-way-date = Аяқталуы: { $date }
## cards
card-alt = Мәтіні бар карточка: { $words }
## Search

search = Іздеу
search-label = Біз жариялағанның бәрінен іздеу
search-results = Нәтижелер
search-filter = Нақтылау
search-clear = Барлық сүзгіні алып тастау
search-by-best = Алдымен ең сәйкесі
search-by-date = Алдымен жаңасы
search-more = Тағы көрсету
search-browse = Немесе тізімдерді қараңыз
search-no-script = Сөз бойынша іздеу үшін JavaScript керек. Бәріне төмендегі тізімдер арқылы да жетуге болады.
search-none = Ештеңе табылмады. Азырақ сөз немесе сөздің басын жазып көріңіз.
search-failed = Іздеу жүктелмеді. Қайталап көріңіз немесе төмендегі тізімдерді пайдаланыңыз.
search-found = { $count ->
    [one] { $number } жазба табылды
   *[other] { $number } жазба табылды
}

## feeds, calendars, CAP
feed-corrected = Түзетілді: { $title }
feed-withdrawn = Қайтарып алынды: { $title }
feed-superseded = Ауыстырылды: { $title }
feed-superseded-by = Алмастырған: { $title }
feed-explained = Бұл – жаңалықтар лентасы. Төмендегі мекенжайды лента оқитын қолданбаға көшіріңіз, ол жаңа жазбаларды өзі алып тұрады. Тіркелудің де, мекенжай қалдырудың да қажеті жоқ.
feed-to-page = Сайттағы бетке өту
cap-of-alert = CAP пішіміндегі ескерту
cap-of-all = CAP пішіміндегі барлық ескертулер
cap-all-clear = Қауіп сейілді: { $title }
cap-all-clear-about = Қауіп сейілді. Кеңестер енді қолданылмайды.
calendar-works = Жоспарлы жұмыс

## Pages of the site
as-of = Жағдайы
show-all = Барлығын көрсету
newest-page = ең жаңалары
filtered-by = Көрсетілгені
remove-filter = сүзгіні алып тастау
filter-here = Тізімді бірінші бетінде сүзу
terms-bodies = Шешім қабылдаушылар
terms-bodies-about = Комитеттер, кеңестер мен лауазымды тұлғалар және олардың әрқайсысы жариялағанның бәрі.
terms-topics = Тақырыптар
terms-topics-about = Біз жариялағанның бәрі, тақырыбы бойынша.
terms-audiences = Кімге арналған
terms-audiences-about = Біз жариялағанның бәрі, кімге қатысты екені бойынша.
terms-places = Орындар
terms-places-about = Біз жариялағанның бәрі, қай жерге қатысты екені бойынша.
alert-level-life = Өмірге қауіп
alert-level-important = Маңызды
alert-level-notice = Назарыңызға
status-about = Әр қызмет қазір қалай жұмыс істейді, не жоспарланған және қандай іркілістер болған.
status-all = Барлық қызметтер
no-disruption = Бірде-бір қызметте іркіліс жоқ.
no-planned-work = Жоспарланған жұмыс жоқ.
no-past-disruption = Тіркелген іркіліс жоқ.
calendar-event = Талқылау аясындағы кездесу
calendar-file = Күнтізбе файлы
claims-about = Біз туралы тараған сөздер. Алдымен шындық тұрады.
own-corrections-about = Нені қате жаздық, қашаннан бері және қазір не жазылған.
plan = Алдағы шешімдер
plan-about = Не шешіледі, қай жерде әлі пікір айтуға болады және не жақында күшіне енеді.
plan-honest = Тізім жарияланған күн тәртібінен, талқылаулардан және шешімдерден жасалады. Жарияланған күн тәртібінде әлі жоқ нәрсе мұнда да жоқ.
plan-meetings = Күн тәртібінде
plan-no-meetings = Алдағы отырыс жарияланбаған.
plan-no-agenda = Күн тәртібі әлі жарияланған жоқ.
plan-decisions = Шешуге жарияланған
plan-decided = Шешілмек
plan-speak = Пікір айта аласыз
plan-effect = Шешілді, әлі күшіне енген жоқ
plan-no-effect = Күшіне енуін күтіп тұрған жарияланған шешім жоқ.
board-count = { $count ->
    [0] Қазір ештеңе ілінбеген.
    [one] Қазір { $number } хабарландыру ілулі.
   *[other] Қазір { $number } хабарландыру ілулі.
}
board-what = Бұл – цифрлық хабарландыру тақтасы. Ол басқа беттерден бөлек тұрады және онда тек заң рұқсат еткен нәрсе болады.
board-law = Швецияның жергілікті өзін-өзі басқару туралы заңы (2017:725), 8-тарау, 9–12-баптар
board-nothing = Бұл тақырып астында қазір ештеңе жоқ.
board-taken-down = Алынған
board-log = Ілу журналы
board-log-about = Әр хабарландыру қашан ілінді және қашан алынады. Алынған хабарландырудың беті сақталады.
board-log-down = Алынатын күні
verify = Жазбаны тексеру
verify-about = Жазба біз жариялағанды айтып тұрғанын кез келген адам қалай тексере алады және бұл нені дәлелдемейді.
verify-what = Нені тексеруге болады
verify-what-text = Әр беттің жанында record.json файлы жатыр. Онда беттің мазмұны бар: тақырып, барлық өрістер және мәтін, безендірусіз. Бетте файлдың таңбасы, яғни SHA-256 қосындысы көрсетілген. Бір ғана таңба өзгерсе де, ол басқа болады.
verify-count = Таңбасы бар жазбалар, әр тіл бөлек саналған
verify-how = Қалай тексеруге болады
verify-step-1 = Жазбаның файлын жүктеп алыңыз. Сілтеме бет соңындағы «{ check-this-record }» терезесінде тұр.
verify-step-2 = Файлдың таңбасын өз компьютеріңіздегі бағдарламамен есептеңіз.
verify-step-3 = Оны беттегі таңбамен немесе біреу бұрын жазып не басып алғанымен салыстырыңыз.
verify-example = Мысал
verify-windows = Windows, PowerShell
verify-same = Жауап мынадай болуы керек
verify-seal = Мөр
verify-seal-text = Мөр – таңбадан салынған өрнек. Ол екі көшірменің айырмасын байқауға көмектеседі. Бұл дәлел емес: таңбаның өзін салыстырыңыз.
verify-limits = Бұл нені дәлелдемейді
verify-limits-text = Беттегі таңба бет пен файлдың бір-біріне сай екенін көрсетеді. Екеуін де өзгерте алған адам таңбаны да өзгерте алар еді. Сондықтан сізге маңызды жазбаның таңбасын жазып не басып алып, кейін салыстырыңыз.
verify-corrections = Түзетулер қайда тұрады
verify-corrections-text = Өзгертілген жазба өзгерістерін күндерімен «{ changes-to-this-page }» бөлімінде көрсетеді. Ауыстырылған немесе қайтарып алынған жазбаның беті сақталады және бұл туралы айтады. Өз қателеріміз түзетулер бетінде тұр.
home-check-title = Тексеруге болатын жазба
home-check-about = Әр жазбаның таңбасы бар. Бұл өрнек ең жаңа жазбаның таңбасынан салынған:
home-check-how = Жазбаны қалай тексеруге болады
site-map = Сайттың мазмұны
site-map-about = Барлық тізімдер мен тұрақты беттер бір жерде.
site-map-now = Қазір және жақында
open-data = Ашық деректер
our-accounts = Біздің аккаунттар
accounts-about = Жаңалықты мұнда да хабарлаймыз. Сілтемелер басқа сайтқа апарады. Негізгісі – осы сайтта жазылғаны.
subscribe-how = Бұл қалай жұмыс істейді
subscribe-step-1 = Лента оқитын бағдарлама орнатыңыз: ол көптеген сайттардан жаңалық алады.
subscribe-step-2 = Төмендегі лентаның мекенжайын көшіріңіз. Atom, RSS және JSON Feed мазмұны бірдей; бағдарламаңыз білетінін алыңыз.
subscribe-step-3 = Мекенжайды бағдарламаға қосыңыз. Ол жаңаны, сондай-ақ түзетілген немесе қайтарып алынғанды көрсетеді.
subscribe-private = Жазылғаныңызды біз білмейміз, кез келген уақытта тоқтата аласыз.
everything = Барлығы
## Open data
open-data-about = Сайттағы барлық жазбалар дерек түрінде: кілтсіз және тіркелусіз тегін жүктеп алуға болады.
data-licence = Лицензия
data-no-licence = Лицензия әлі көрсетілмеген. Деректерді қайта жарияламас бұрын бізден сұраңыз.
data-files = Файлдар
data-everything = Барлығы
data-everything-about = Барлық жазбалар барлық өрістерімен және байланыстарымен.
data-terms = Тізімдер
data-terms-about = Белгілердің атаулары: шешім қабылдаушылар, тақырыптар, аудиториялар, орындар.
data-dictionary = Бағандардың мағынасы
data-dictionary-about = Барлық кестелердің сөздігі. Сипаттамалар ағылшын тілінде.
data-catalogue = Каталог
data-catalogue-about = Деректер порталдары үшін (DCAT-AP 3).
data-column = Баған
data-holds = Мазмұны
data-says = Нені білдіреді
data-several = бірнешеу, арасында |
data-how = Кестелер қалай жазылған
data-how-about = Әр жазба мен тіл үшін бір жол, UTF-8 кодтауында, ұяшықтар үтірмен бөлінген. Электрондық кесте формула ретінде орындай алатын ұяшық апострофтан басталады. Өрістер тізімі ұяшықта JSON түрінде жазылады.
data-stable = Бағандар тек қосылады, барларынан кейін.
data-holds-text = мәтін
data-holds-markdown = Markdown
data-holds-flag = иә немесе жоқ
data-holds-count = бүтін сан
data-holds-day = күн
data-holds-instant = уақыт белдеуі бар уақыт
data-holds-stamp = күн немесе уақыт белдеуі бар уақыт
data-holds-url = мекенжай
data-holds-word = мыналардың бірі
data-holds-lang = тіл
data-holds-json = JSON

## Ашық журнал: нұсқалар, жойылған жазбалар, тексеру
field-contact = Байланыс
field-no = жоқ
field-other = Басқа мәліметтер
field-reference = Нөмірі
field-text = Мәтін
field-title = Тақырып
field-url = Мекенжай
field-yes = иә
reason = Себебі
reason-correction = қате түзетілді
reason-superseded = орнына жаңасы келді
reason-court-order = сот солай шешті
reason-data-protection = жеке деректерді қорғау
reason-copyright = мәтінге басқа біреудің құқығы
reason-mistake = қателесіп жарияланған
act-revised = Өзгертілді
act-erased = Жойылды
version-name = Нұсқа { $number }
version-notice = Бұл нұсқа { $number }. Ол енді күшінде емес.
version-this = осы нұсқа
version-current = Қазіргі бетке өту
version-text = Бұл нұсқада не айтылған
versions-in-log = Ашық журналдағы нұсқалар
diff-added = Қосылды:
diff-removed = Алынды:
diff-none = Жазбаның мазмұнында ештеңе өзгерген жоқ.
diff-show = Не өзгерді
diff-between = Не өзгерді: нұсқа { $old }, нұсқа { $new }
erased-title = Бұл жазба жойылды
erased-about = Тақырыбы мен мәтіні біржола алынды, мұнда көшірмесі сақталмайды. Ашық журнал жазбаның болғанын және қашан жойылғанын әлі де көрсетеді.
erased-id = Журналдағы нөмірі
prove-about = Бұл жазба біздің ашық журналымызда тұр. Ондағыны білдірмей өзгертуге немесе алып тастауға болмайды.
prove-number = Журнал жолы: { $number }.
prove-go = Қазір тексеру
prove-proof = Журналдан алынған дәлел
prove-checkpoint = Журналдың қол қойылған күйі
prove-pending = Бұл әлі ашық журналда жоқ. Сайт келесі жолы жарияланғанда енгізіледі.
prove-failed = Тексеру басталмады. Қайталап көріңіз немесе басқа бағдарламамен тексеріңіз.
prove-busy = Тексерілуде …
prove-good = Тексерілді: бұл жарияланған жазбаның өзі және ол қол қойылған журналда бар.
prove-bad = Тексеру өтпеді. Мұнда бірдеңе сәйкес келмейді; төменде не екені айтылған.
prove-unfinished = Тексеруді аяқтау мүмкін болмады. Жалған ештеңе табылған жоқ.
prove-ok-record = Файлдың record.json таңбасы бетте көрсетілгендей.
prove-ok-page = Файлдағы тақырып, тіл және мекенжай осы беттікі.
prove-ok-leaf = Журналдағы жол дәл осы файлға қатысты.
prove-ok-key = Журнал күйіне бетте аталған кілтпен қол қойылған.
prove-ok-in = Жол қол қойылған журналда бар.
prove-ok-now = Бүгінгі журналға қол қойылған және ондағы бұрынғының бәрі өзгеріссіз тұр.
prove-fail-record = Файлдың record.json таңбасы бетте көрсетілгеннен басқа.
prove-fail-page = Файл record.json бұл бет туралы емес: тақырыбы, тілі немесе мекенжайы басқа.
prove-fail-leaf = Журналдағы жол басқа файлға қатысты.
prove-fail-key = Журнал күйіне бетте аталған кілтпен қол қойылмаған.
prove-fail-in = Жол қол қойылған журналда жоқ.
prove-fail-now = Бүгінгі журнал бұрынғысын жалғастырмайды: ол өзгертілген, қысқартылған немесе оған басқа біреу қол қойған.
prove-form = Оқылмайды, өйткені өзгертілген немесе бүлінген: { $what }
prove-gone = Алу мүмкін болмады: { $what }
prove-no-key = Бұл браузер қолтаңбаны (Ed25519) тексере алмайды. Жаңарағын немесе promulgate verify бағдарламасын қолданыңыз.
prove-entry = Жол { $what }
prove-withdrawn = Журнал бұл қайтарып алынған дейді.
prove-unproven = Не тексерілмеді
prove-now-left = Бүгінгі журналда бұрынғының бәрі бар ма.
prove-not-others = Басқа адамдарға басқа журнал көрсетілмей ме. Ол үшін төмендегі қол қойылған күйді сақтап, басқа біреу сақтағанымен салыстырыңыз.
prove-not-newer = Журналда бұл жазбаның жаңарақ нұсқасы бар ма.
prove-not-page = Беттің қалған бөлігі record.json файлымен бірдей ме. Файлды ашып, салыстырыңыз.
prove-not-true = Жазбада айтылған нәрсе шындық па.
prove-not-script = Тексерудің өзі адал ма: ол осы сайттан алынған. Басқа жерден алынған бағдарлама, мысалы promulgate verify, мұндағы ештеңеге тәуелді емес.
prove-state = Тексерілген журналдың қол қойылған күйі
prove-keep = Күйді сақтау
log-title = Ашық журнал
log-what = Жазбаның әр жариялануы, өзгеруі, қайтарып алынуы және жойылуы ашық журналдағы жол болады. Жолдар тек қосылады. Журналдың әр күйіне қол қойылады және әр кейінгі күй бұрынғы жолдардың бәрі сақталғанын дәлелдейді.
log-not-text = Журналда мәтін де, есім де жоқ: тек мағынасыз нөмір, уақыт, не істелгені және мәтінін ешкім таба алмайтын мөрленген таңба бар.
log-size = Жолдар саны
log-key = Журнал кілті
log-key-about = Бұл кілтті басылған хабарландырудағы немесе басқа сайтымыздағы кілтпен салыстырыңыз.
log-feed = Журналдың қол қойылған күйлері
log-feed-about = Ашық журналдың әр қол қойылған күйі. Оларды сақтаған адам журналдың қайта жазылған-жазылмағанын кейін көрсете алады.
log-state = Күй, жолдар саны: { $number }
log-whole = Бүкіл сайтты тексеру
log-whole-about = Бағдарлама promulgate verify әр файлды, әр жолды және әр жазбаны тексереді. Кілтті осы жерден емес, хабарландырудан алыңыз.
log-tools = Қалыпты құралдармен тексеру
log-tools-about = Командалар журнал жолын, содан соң санды шығарады. Сол сан жолдың ішінде де тұруы керек.
log-limits = Журнал жазбада айтылғанның шындық екенін де, оны кім жазғанын да дәлелдемейді. Қол қою кілтіміз бар адам екінші журнал жүргізіп, оны кейбіреулерге көрсете алар еді; мұны қол қойылған күйлерді сақтап, салыстыратындар табады.
log-keep = Сондықтан анда-санда қол қойылған күйді сақтаңыз немесе таспаны бақылаңыз. Ескі күй арқылы promulgate verify одан бұрынғы бірдеңенің өзгергенін көрсетеді.
