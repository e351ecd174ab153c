# Daylight: ქართული. Every language has the same keys; a site may replace any of them in its own messages.

# The frame of every page
skip = მთავარ შინაარსზე გადასვლა
language = ენა
main-navigation = მთავარი მენიუ
breadcrumb = თქვენ აქ ხართ
home = მთავარი
follow = გამოგვყევით
about-this-site = საიტის შესახებ
last-built = საიტი აიწყო
no-tracking = ქუქი-ფაილებისა და თვალთვალის გარეშე.
updated = განახლდა
published = გამოქვეყნდა
expires = მოქმედების ვადა
undated = თარიღის გარეშე

# Kinds
kind-decision = გადაწყვეტილება
kind-update = სერვისის ცნობა
kind-alert = გაფრთხილება
kind-consultation = საჯარო კონსულტაცია
kind-correction = შესწორება
kind-service = სერვისი
kind-meeting = სხდომა
kind-notice = განცხადება
kind-vacancy = ვაკანსია
kind-page = გვერდი
kinds-decision = გადაწყვეტილებები
kinds-update = სერვისების ცნობები
kinds-alert = გაფრთხილებები
kinds-consultation = საჯარო კონსულტაციები
kinds-correction = შესწორებები
kinds-service = სერვისები
kinds-meeting = სხდომები
kinds-notice = განცხადებების დაფა
kinds-vacancy = ვაკანსიები
kinds-page = გვერდები
nav-decision = გადაწყვეტილებები
nav-service = სერვისები
nav-consultation = გამოთქვით აზრი
nav-correction = შესწორებები
nav-meeting = სხდომები
nav-notice = განცხადებების დაფა
about-decision = რა გადაწყდა, ვინ გადაწყვიტა, რატომ და როგორ გაასაჩივროთ.
about-update = შეფერხებები, დაგეგმილი სამუშაოები და ცვლილებები სერვისებში.
about-alert = მოქმედი გაფრთხილებები და ადრინდელი, უკვე მოხსნილი.
about-consultation = კითხვები, რომლებზეც ახლა შეგიძლიათ პასუხი, და წინა პასუხების შედეგი.
about-correction = ჩვენი გასწორებული შეცდომები და ცრუ განცხადებები ფაქტებით.
about-service = ყველა სერვისი ანბანით და მათი ახლანდელი მდგომარეობა.
about-meeting = დღის წესრიგი სხდომამდე, ოქმი სხდომის შემდეგ.
about-notice = კანონით სავალდებულო განცხადებები. სხვა აქ არაფერი ქვეყნდება.
about-vacancy = ვაკანსიები, რომლებზეც შეგიძლიათ განაცხადის შეტანა.
about-page = გვერდები მუნიციპალიტეტისა და საიტის შესახებ.

# Home and lists
latest-decisions = ბოლო გადაწყვეტილებები
all-decisions = ყველა გადაწყვეტილება
all-services = ყველა სერვისი
all-corrections = ყველა შესწორება
no-open-consultation = ახლა ღია კონსულტაცია არ არის.
services-now = სერვისები ახლა
checked = შემოწმდა
put-right = გასწორდა
own-corrections = გავასწორეთ ჩვენი ტექსტი
false-claims = განცხადებები და ფაქტები
nothing-here = აქ ჯერ არაფერია.
pages = გვერდები
newer = უფრო ახალი
older = უფრო ძველი
previous = წინა
next = შემდეგი
neighbours = წინა და შემდეგი
feed-of-list = ამ სიის არხი
feed-of-everything = ყველა სიახლის არხი
by-kind = სახეობით
by-year = წლების მიხედვით
by-body = ორგანოს მიხედვით
by-topic = თემის მიხედვით
by-place = ადგილის მიხედვით
by-audience = აუდიტორიის მიხედვით
group-alert-active = ახლა მოქმედებს
group-consultation-open = ღიაა პასუხებისთვის
group-consultation-upcoming = მალე გაიხსნება
group-meeting-upcoming = მომავალი სხდომები
group-notice-posted = ახლა გამოკრულია
group-vacancy-open = განაცხადები მიიღება
group-update-outage = გათიშვები ახლა
group-update-degraded = შეფერხებები ახლა
group-update-maintenance = მიმდინარე სამუშაოები
group-update-planned = დაგეგმილი სამუშაოები
disturbed-now = შეფერხებები ახლა
planned-work = დაგეგმილი და მიმდინარე სამუშაოები
over-now = დასრულებული
board-appeal = მუნიციპალიტეტის გადაწყვეტილება შეიძლება გასაჩივრდეს ადმინისტრაციულ სასამართლოში. საჩივარი უნდა შევიდეს ოქმის აქ გამოცხადებიდან სამ კვირაში.
calendar = კალენდარი
calendar-about = სხდომები და ბოლო დღეები: პასუხის, განაცხადის, გასაჩივრების.
calendar-meeting = სხდომა
calendar-closes = პასუხის ბოლო დღე
calendar-opens = კონსულტაცია იხსნება
calendar-apply = განაცხადის ბოლო დღე
calendar-appeal = გასაჩივრების ბოლო დღე
past-meetings = ჩატარებული სხდომები
subscribe = გამოწერა
subscribe-about = აირჩიეთ, რას ადევნოთ თვალი. სიახლეებს არხების წამკითხველი პროგრამა აგროვებს; ანგარიში და მისამართი არ გჭირდებათ.
not-found = გვერდი ვერ მოიძებნა
not-found-about = შესაძლოა მისამართი არასწორია ან გვერდი გადავიდა. არაფერი ქრება ჩუმად: გაუქმებულ ჩანაწერსაც რჩება გვერდი.
to-home = მთავარ გვერდზე

# A record
in-plain-language = მარტივი ენით
key-facts = ძირითადი ფაქტები
on-this-page = ამ გვერდზე
case = საქმე
responsible = პასუხისმგებელი
areas = ტერიტორიები
topics = თემები
audiences = ვის ეხება
documents = დოკუმენტები
withheld = არ ქვეყნდება
timeline = მოვლენათა რიგი
still-ahead = წინ არის
changes-to-this-page = ცვლილებები ამ გვერდზე
first-published = პირველად გამოქვეყნდა.
corrected = გასწორდა
superseded = ჩანაცვლდა
related = იხილეთ აგრეთვე
decisions-after = მიღებული გადაწყვეტილებები
decided-here = აქ გადაწყდა
decision-taken = გადაწყვეტილება
where-announced = სად გამოვაცხადეთ
leaves-site = ბმულები სხვა საიტებზე გადადის.
follow-and-ask = გამოწერა და შეკითხვა
ask-or-report = შეკითხვა ან შეცდომის შეტყობინება
notice-withdrawn = ეს გაუქმებულია.
notice-stale = ეს თარგმანი ორიგინალზე ძველია. მოქმედებს ორიგინალი:
notice-superseded = ეს ჩაანაცვლა ახალმა გადაწყვეტილებამ:
notice-amended = ნაწილობრივ შეცვალა:
notice-corrected = ეს გვერდი გასწორდა:
notice-supersedes = ეს ანაცვლებს:
notice-amends = ეს ნაწილობრივ ცვლის:
notice-corrects = ეს ასწორებს:

# Decisions
what-was-decided = რა გადაწყდა
why = რატომ
cost = ღირებულება
options = განხილული ვარიანტები
chosen = შეირჩა
not-chosen = არ შეირჩა
pros = დადებითი მხარეები
cons = უარყოფითი მხარეები
why-chosen = რატომ შეირჩა
why-not-chosen = რატომ არ შეირჩა
how-they-voted = კენჭისყრის შედეგი
vote-for = მომხრე
vote-against = წინააღმდეგი
vote-abstained = თავი შეიკავა
vote-absent = არ ესწრებოდა
vote-filled = შევსებული წერტილები
vote-rings = რგოლები
vote-dots = პატარა წერტილები
vote-roll = ხმები პარტიების ან ადგილების მიხედვით
vote-who = პარტია ან ადგილი
vote-how = ხმა
seats = ადგილები
interests = ინტერესთა კონფლიქტი
none-declared = არ განცხადებულა.
left-room = დატოვა დარბაზი.
dispensation = ნებართვა
reservations = განსხვავებული აზრი
legal-basis = სამართლებრივი საფუძველი
how-to-appeal = როგორ გაასაჩივროთ
appeal-by = გასაჩივრების ვადა
appeal-must-arrive = საჩივარი ამ დღემდე უნდა შევიდეს.
appeal-to = სად გააგზავნოთ
decided-on = მიღებულია
decision-makers = გადაწყვეტილების მიმღები პირები
announced-on-board = გამოცხადდა დაფაზე
in-force-from = ძალაში შედის
valid-until = მოქმედების ვადა
implemented-on = შესრულდა
last-day-to-appeal = გასაჩივრების ბოლო დღე
partly-published = ჩანაწერის ნაწილი არ ქვეყნდება.

# Alerts and updates
what-to-do-now = რა უნდა გააკეთოთ ახლა
what-applied = რა მოქმედებდა
questions = კითხვები? დარეკეთ:
next-update = შემდეგი ცნობა
all-clear = საფრთხემ გაიარა
updates = განახლებები
severity = სიმძიმე
urgency = გადაუდებლობა
certainty = სარწმუნოობა
category = კატეგორია
response = ქმედება
effective = ამოქმედდა
onset = დაიწყო
coordinates = კოორდინატები
state = მდგომარეობა
starts = დასაწყისი
ends = დასასრული

# Consultations
opens = იხსნება
closes = იხურება
who-may-answer = ვის შეუძლია პასუხი
answer-by = პასუხის ბოლო ვადა
what-we-heard = რა მოვისმინეთ და რა გავაკეთეთ
you-said = თქვენ თქვით
we-did = ჩვენ გავაკეთეთ
result = შედეგი
the-question = კითხვა
take-part = მონაწილეობა
events = შეხვედრები

# Corrections
verdict = შეფასება
correction-type = ტიპი
corrects = ასწორებს
what-is-true = რა არის სიმართლე
the-claim = განცხადება
seen-at = სად შეგვხვდა
now-reads = სწორია
was-wrong = ეწერა
evidence = მტკიცებულებები

# Services, meetings, notices, vacancies
time-needed = რამდენ ხანს გრძელდება
ways = როგორ
who = ვისთვის არის
bring = რა უნდა იქონიოთ
hours = სამუშაო საათები
where = სად
agenda = დღის წესრიგი
minutes = ოქმი
notice-kind = განცხადების სახე
posted = გამოიკრა
approved = ოქმი დამტკიცდა
take-down = მოიხსნება
kept-at = ინახება
apply-by = განაცხადის ვადა
employment = დასაქმება
salary = ხელფასი

# What Markdown needs
md-table = ცხრილი
md-footnotes = სქოლიოები
md-footnote-back = ტექსტზე დაბრუნება
md-done = შესრულებულია
md-open = შესასრულებელია
md-note = შენიშვნა
md-tip = რჩევა
md-important = მნიშვნელოვანია
md-warning = გაფრთხილება
md-caution = საშიშროება

# Statuses; the second text stands beside a date
status-upcoming = მომავალი
status-upcoming-date = დაწყება: { $date }
status-open = ღიაა
status-open-date = ბოლო ვადა: { $date }
status-closed = დახურულია
status-closed-date = დაიხურა { $date }
status-decided = გადაწყდა
status-decided-date = გადაწყდა { $date }
status-appealable = გადაწყდა
status-appealable-date = გასაჩივრების ვადა: { $date }
status-final = საბოლოო
status-final-date = საბოლოო გახდა { $date }
status-in-force = ძალაშია
status-in-force-date = ძალაში შევიდა { $date }
status-implemented = შესრულებულია
status-implemented-date = შესრულდა { $date }
status-expired = ვადა გავიდა
status-expired-date = ვადა გავიდა { $date }
status-superseded = ჩანაცვლებულია
status-superseded-date = ჩანაცვლდა { $date }
status-withdrawn = გაუქმებულია
status-withdrawn-date = გაუქმდა { $date }
status-active = ახლა მოქმედებს
status-active-date = დაიწყო { $date }
status-resolved = საფრთხემ გაიარა
status-resolved-date = საფრთხე მოიხსნა { $date }
status-operational = ჩვეულებრივად
status-operational-date = აღდგა { $date }
status-maintenance = ტექნიკური სამუშაოები
status-maintenance-date = სამუშაოები დაიწყო { $date }
status-degraded = შეფერხებულია
status-degraded-date = შეფერხება დაიწყო { $date }
status-outage = არ მუშაობს
status-outage-date = გაითიშა { $date }
status-planned = დაგეგმილია
status-planned-date = დაგეგმილი დაწყება: { $date }
status-over = დასრულდა
status-over-date = დასრულდა { $date }
status-posted = გამოკრულია
status-posted-date = მოიხსნება { $date }
status-taken-down = მოხსნილია
status-taken-down-date = მოიხსნა { $date }
status-corrected = გასწორებულია
status-corrected-date = გასწორდა { $date }
status-verdict-false = განცხადება ცრუა
status-verdict-false-date = შემოწმდა { $date }
status-verdict-misleading = განცხადება დამაბნეველია
status-verdict-misleading-date = შემოწმდა { $date }
status-verdict-missing-context = განცხადებას კონტექსტი აკლია
status-verdict-missing-context-date = შემოწმდა { $date }
status-verdict-outdated = განცხადება მოძველებულია
status-verdict-outdated-date = შემოწმდა { $date }
status-verdict-satire = განცხადება სატირაა
status-verdict-satire-date = შემოწმდა { $date }
status-verdict-true = განცხადება სიმართლეა
status-verdict-true-date = შემოწმდა { $date }
status-own-error = ჩვენი შეცდომა გავასწორეთ
status-own-error-date = გასწორდა { $date }
status-published = გამოქვეყნებულია
status-published-date = გამოქვეყნდა { $date }

# Words of closed lists
word-state-operational = ჩვეულებრივად
word-state-maintenance = ტექნიკური სამუშაოები
word-state-degraded = შეფერხებულია
word-state-outage = არ მუშაობს
word-category-geo = გეოლოგია
word-category-met = ამინდი
word-category-safety = უსაფრთხოება
word-category-security = საზოგადოებრივი წესრიგი
word-category-rescue = სამაშველო სამუშაოები
word-category-fire = ხანძარი
word-category-health = ჯანმრთელობა
word-category-env = გარემო
word-category-transport = ტრანსპორტი
word-category-infra = ინფრასტრუქტურა
word-category-cbrne = საშიში ნივთიერებები
word-category-other = სხვა
word-severity-extreme = უკიდურესი
word-severity-severe = მძიმე
word-severity-moderate = საშუალო
word-severity-minor = მცირე
word-severity-unknown = უცნობი
word-urgency-immediate = იმოქმედეთ ახლავე
word-urgency-expected = ერთ საათში
word-urgency-future = მალე
word-urgency-past = გავლილი
word-urgency-unknown = უცნობი
word-certainty-observed = დადასტურებული
word-certainty-likely = სავარაუდო
word-certainty-possible = შესაძლებელი
word-certainty-unlikely = ნაკლებად სავარაუდო
word-certainty-unknown = უცნობი
word-response-shelter = შეაფარეთ თავი
word-response-evacuate = დატოვეთ ტერიტორია
word-response-prepare = მოემზადეთ
word-response-execute = მიჰყევით რჩევებს
word-response-avoid = მოერიდეთ
word-response-monitor = თვალი ადევნეთ ცნობებს
word-response-assess = შეაფასეთ მდგომარეობა
word-response-allclear = საფრთხემ გაიარა
word-response-none = არ არის საჭირო
word-verdict-false = ცრუ
word-verdict-misleading = შეცდომაში შემყვანი
word-verdict-missing-context = კონტექსტი აკლია
word-verdict-outdated = მოძველებული
word-verdict-satire = სატირა
word-verdict-true = სიმართლე
word-type-clerical = ტექნიკური შეცდომა
word-type-substantive = არსებითი შეცდომა
word-type-retraction = ტექსტის გამოხმობა
word-ways-online = ონლაინ
word-ways-phone = ტელეფონით
word-ways-office = ადგილზე
word-notice-kind-council-meeting = საკრებულოს სხდომა
word-notice-kind-minutes = დამტკიცებული ოქმი
word-notice-kind-delegated-decision = დელეგირებული გადაწყვეტილება
word-notice-kind-board-meeting = კომიტეტის სხდომა
word-notice-kind-other-law = განცხადება სხვა კანონით
word-vote-for = მომხრე
word-vote-against = წინააღმდეგი
word-vote-abstained = თავი შეიკავა
word-vote-absent = არ ესწრებოდა
word-status-changed = შეიცვალა
word-status-partly = ნაწილობრივ შეიცვალა
word-status-kept = უცვლელია

# Sentences with numbers
page-number = გვერდი { $number }
list-count = { $count ->
    [one] { $number } ჩანაწერი
   *[other] { $number } ჩანაწერი
}
finished-consultations = { $count ->
    [one] რა მოვისმინეთ და რა გავაკეთეთ: { $number } დასრულებული კონსულტაცია
   *[other] რა მოვისმინეთ და რა გავაკეთეთ: { $number } დასრულებული კონსულტაცია
}
status-sentence = { $count ->
    [0] ყველა სერვისი ჩვეულებრივად მუშაობს.
    [one] შეფერხებულია { $number } სერვისი.
   *[other] შეფერხებულია { $number } სერვისი.
}
vote-sentence = { $total } ადგილი: { $for } მომხრე, { $against } წინააღმდეგი, { $abstained } თავი შეიკავა, { $absent } არ ესწრებოდა.

# Posts: $title, $summary, $link, and $note, which says what changed
post-published =
    { $title }

    { $summary }

    { $link }
post-updated =
    განახლდა: { $title }

    { $note }

    { $link }
post-corrected =
    გასწორდა: { $title }

    { $note }

    { $link }
post-superseded =
    ჩანაცვლდა: { $title }

    { $note }

    { $link }
post-withdrawn =
    გაუქმდა: { $title }

    { $note }

    { $link }
post-resolved =
    საფრთხემ გაიარა: { $title }

    { $summary }

    { $link }
post-reminder =
    შეხსენება: { $title }

    { $summary }

    { $link }
post-decision-published =
    გადაწყვეტილება: { $title }

    { $summary }

    { $link }
post-decision-updated =
    განახლდა. გადაწყვეტილება: { $title }

    { $note }

    { $link }
post-decision-corrected =
    გასწორდა. გადაწყვეტილება: { $title }

    { $note }

    { $link }
post-decision-superseded =
    ჩანაცვლდა. გადაწყვეტილება: { $title }

    { $note }

    { $link }
post-decision-withdrawn =
    გაუქმდა. გადაწყვეტილება: { $title }

    { $note }

    { $link }
post-decision-resolved =
    დასრულდა. გადაწყვეტილება: { $title }

    { $summary }

    { $link }
post-decision-reminder =
    გასაჩივრების ბოლო დღე: { $date }. { $title }

    { $summary }

    { $link }
post-update-published =
    სერვისის ცნობა: { $title }

    { $summary }

    { $link }
post-update-updated =
    განახლდა. სერვისის ცნობა: { $title }

    { $note }

    { $link }
post-update-corrected =
    გასწორდა. სერვისის ცნობა: { $title }

    { $note }

    { $link }
post-update-superseded =
    ჩანაცვლდა. სერვისის ცნობა: { $title }

    { $note }

    { $link }
post-update-withdrawn =
    გაუქმდა. სერვისის ცნობა: { $title }

    { $note }

    { $link }
post-update-resolved =
    დასრულდა. სერვისის ცნობა: { $title }

    { $summary }

    { $link }
post-update-reminder =
    გეგმური სამუშაოს დაწყება: { $date }. { $title }

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
    გასწორდა: { $title }

    { $note }

    { $link }
post-alert-superseded =
    ჩანაცვლდა: { $title }

    { $note }

    { $link }
post-alert-withdrawn =
    გაუქმდა: { $title }

    { $note }

    { $link }
post-alert-resolved =
    საფრთხემ გაიარა: { $title }

    { $summary }

    { $link }
post-consultation-published =
    საჯარო კონსულტაცია: { $title }

    { $summary }

    { $link }
post-consultation-updated =
    განახლდა. საჯარო კონსულტაცია: { $title }

    { $note }

    { $link }
post-consultation-corrected =
    გასწორდა. საჯარო კონსულტაცია: { $title }

    { $note }

    { $link }
post-consultation-superseded =
    ჩანაცვლდა. საჯარო კონსულტაცია: { $title }

    { $note }

    { $link }
post-consultation-withdrawn =
    გაუქმდა. საჯარო კონსულტაცია: { $title }

    { $note }

    { $link }
post-consultation-resolved =
    დასრულდა. საჯარო კონსულტაცია: { $title }

    { $summary }

    { $link }
post-consultation-reminder =
    პასუხების მიღების ბოლო ვადა: { $date }. { $title }

    { $summary }

    { $link }
post-correction-published =
    შესწორება: { $title }

    { $summary }

    { $link }
post-correction-updated =
    განახლდა. შესწორება: { $title }

    { $note }

    { $link }
post-correction-corrected =
    გასწორდა. შესწორება: { $title }

    { $note }

    { $link }
post-correction-superseded =
    ჩანაცვლდა. შესწორება: { $title }

    { $note }

    { $link }
post-correction-withdrawn =
    გაუქმდა. შესწორება: { $title }

    { $note }

    { $link }
post-correction-resolved =
    დასრულდა. შესწორება: { $title }

    { $summary }

    { $link }
post-service-published =
    სერვისი: { $title }

    { $summary }

    { $link }
post-service-updated =
    განახლდა. სერვისი: { $title }

    { $note }

    { $link }
post-service-corrected =
    გასწორდა. სერვისი: { $title }

    { $note }

    { $link }
post-service-superseded =
    ჩანაცვლდა. სერვისი: { $title }

    { $note }

    { $link }
post-service-withdrawn =
    გაუქმდა. სერვისი: { $title }

    { $note }

    { $link }
post-service-resolved =
    დასრულდა. სერვისი: { $title }

    { $summary }

    { $link }
post-meeting-published =
    სხდომა: { $title }

    { $summary }

    { $link }
post-meeting-updated =
    განახლდა. სხდომა: { $title }

    { $note }

    { $link }
post-meeting-corrected =
    გასწორდა. სხდომა: { $title }

    { $note }

    { $link }
post-meeting-superseded =
    ჩანაცვლდა. სხდომა: { $title }

    { $note }

    { $link }
post-meeting-withdrawn =
    გაუქმდა. სხდომა: { $title }

    { $note }

    { $link }
post-meeting-resolved =
    დასრულდა. სხდომა: { $title }

    { $summary }

    { $link }
post-notice-published =
    განცხადება: { $title }

    { $summary }

    { $link }
post-notice-updated =
    განახლდა. განცხადება: { $title }

    { $note }

    { $link }
post-notice-corrected =
    გასწორდა. განცხადება: { $title }

    { $note }

    { $link }
post-notice-superseded =
    ჩანაცვლდა. განცხადება: { $title }

    { $note }

    { $link }
post-notice-withdrawn =
    გაუქმდა. განცხადება: { $title }

    { $note }

    { $link }
post-notice-resolved =
    დასრულდა. განცხადება: { $title }

    { $summary }

    { $link }
post-vacancy-published =
    ვაკანსია: { $title }

    { $summary }

    { $link }
post-vacancy-updated =
    განახლდა. ვაკანსია: { $title }

    { $note }

    { $link }
post-vacancy-corrected =
    გასწორდა. ვაკანსია: { $title }

    { $note }

    { $link }
post-vacancy-superseded =
    ჩანაცვლდა. ვაკანსია: { $title }

    { $note }

    { $link }
post-vacancy-withdrawn =
    გაუქმდა. ვაკანსია: { $title }

    { $note }

    { $link }
post-vacancy-resolved =
    დასრულდა. ვაკანსია: { $title }

    { $summary }

    { $link }
post-page-published =
    { $title }

    { $summary }

    { $link }
post-page-updated =
    განახლდა: { $title }

    { $note }

    { $link }
post-page-corrected =
    გასწორდა: { $title }

    { $note }

    { $link }
post-page-superseded =
    ჩანაცვლდა: { $title }

    { $note }

    { $link }
post-page-withdrawn =
    გაუქმდა: { $title }

    { $note }

    { $link }
post-page-resolved =
    დასრულდა: { $title }

    { $summary }

    { $link }

## Pages of records
status-answered = რა მოვისმინეთ და რა გავაკეთეთ
status-answered-date = დაიხურა { $date }
uptime-title = ბოლო 90 დღე
uptime-sentence = { $total } დღიდან { $good } დღეს ჩვეულებრივ მუშაობდა.
uptime-table = დღეების მიხედვით
uptime-period = დღეები
decided-by = გადაწყვეტილება მიიღო
vote-totals = ხმების საერთო რაოდენობა
vote-total = სულ ადგილები
check-this-record = შეამოწმეთ ეს ჩანაწერი
check-about = ქვემოთ მოცემული რიცხვი ამ ჩანაწერის ტექსტიდანაა გამოთვლილი. თუ ერთი სიტყვა მაინც შეიცვლება, შეიცვლება რიცხვიც და ბეჭედიც.
check-how = შეინახეთ ფაილი და გაუშვით ბრძანება; პასუხად იგივე რიცხვი უნდა მიიღოთ:
check-more = შემოწმების სხვა გზები
replaces-and-replaced = ჩანაცვლება, ცვლილება, შესწორება
rel-supersedes = ანაცვლებს
rel-superseded-by = ჩაანაცვლა
rel-amends = ნაწილობრივ ცვლის
rel-amended-by = ნაწილობრივ შეცვალა
rel-corrects = ასწორებს
rel-corrected-by = გაასწორა
tell-us = რამე არასწორია, აკლია ან ძნელი გასაგებია? მოგვწერეთ. ნომერი წერილის სათაურში უკვე მითითებულია.
feed-of-kind = არხი
situation = ვითარება
what-we-know = რა ვიცით
what-we-do-not-know = რა არ ვიცით
what-we-do = რას ვაკეთებთ
what-you-do = რა უნდა გააკეთოთ
what-not-to-do = რა არ უნდა გააკეთოთ
who-to-call = სად დარეკოთ
national-channel = საერთო-სახელმწიფო გაფრთხილებები და რჩევები:
consultation-upcoming = პასუხის გაცემა შეგიძლიათ:
consultation-closed = კონსულტაცია დასრულდა:
consultation-reading = პასუხებს ვკითხულობთ. რა მოვისმინეთ და რა გავაკეთეთ, ამ გვერდზე გამოქვეყნდება.
who-decides = ვინ წყვეტს
the-question-was = რა ვიკითხეთ
wrong-since = მცდარია შემდეგი დროიდან
languages-spoken = ენები
state-now = როგორ მუშაობს ახლა
notice-kept = დაფაზე ყოფნის ვადა ამოიწურა. გვერდი რჩება განცხადების დასტურად.
notice-proof = ცნობები განცხადების შესახებ
deciding-body = ორგანო
officer = გამოაქვეყნა
how-to-appeal-this = როგორ გავასაჩივროთ ეს გადაწყვეტილება
took-part = როგორ შეიძლებოდა პასუხის გაცემა
add-to-calendar = კალენდარში დამატება
status-under-way = მიმდინარეობს
status-under-way-date = დასრულება: { $date }
## cards
card-alt = ბარათი ტექსტით: { $words }
## Search

search = ძიება
search-label = მოძებნეთ ყველაფერში, რაც გამოვაქვეყნეთ
search-results = შედეგები
search-filter = დაზუსტება
search-clear = ყველა ფილტრის მოხსნა
search-by-best = ჯერ ყველაზე შესაბამისი
search-by-date = ჯერ უახლესი
search-more = მეტის ჩვენება
search-browse = ან დაათვალიერეთ სიები
search-no-script = სიტყვებით ძიებას JavaScript სჭირდება. ყველაფერს ქვემოთ მოცემული სიებითაც იპოვით.
search-none = ვერაფერი მოიძებნა. სცადეთ ნაკლები სიტყვა ან სიტყვის დასაწყისი.
search-failed = ძიება ვერ ჩაიტვირთა. სცადეთ ხელახლა ან გამოიყენეთ ქვემოთ მოცემული სიები.
search-found = { $count ->
    [one] ნაპოვნია { $number } ჩანაწერი
   *[other] ნაპოვნია { $number } ჩანაწერი
}

## feeds, calendars, CAP
feed-corrected = გასწორდა: { $title }
feed-withdrawn = გაუქმდა: { $title }
feed-superseded = ჩანაცვლდა: { $title }
feed-superseded-by = ჩაანაცვლა: { $title }
feed-explained = ეს არის სიახლეთა არხი. დააკოპირეთ ქვემოთ მოცემული მისამართი არხების წამკითხველ პროგრამაში და ის თავად ჩამოტვირთავს სიახლეებს. არც ანგარიში გჭირდებათ და არც მისამართის დატოვება.
feed-to-page = საიტის გვერდზე გადასვლა
cap-of-alert = გაფრთხილება CAP ფორმატში
cap-of-all = ყველა გაფრთხილება CAP ფორმატში
cap-all-clear = საფრთხემ გაიარა: { $title }
cap-all-clear-about = საფრთხემ გაიარა. რჩევები აღარ მოქმედებს.
calendar-works = დაგეგმილი სამუშაო

## Pages of the site
as-of = მდგომარეობა
show-all = ყველას ჩვენება
newest-page = უახლესი
filtered-by = ნაჩვენებია
remove-filter = ფილტრის მოხსნა
filter-here = სიის გაფილტვრა მის პირველ გვერდზე
terms-bodies = ვინ იღებს გადაწყვეტილებას
terms-bodies-about = კომიტეტები, საბჭოები და თანამდებობის პირები და ყველაფერი, რაც თითოეულმა გამოაქვეყნა.
terms-topics = თემები
terms-topics-about = ყველაფერი, რაც გამოვაქვეყნეთ, თემების მიხედვით.
terms-audiences = ვისთვის
terms-audiences-about = ყველაფერი, რაც გამოვაქვეყნეთ, იმის მიხედვით, ვის ეხება.
terms-places = ადგილები
terms-places-about = ყველაფერი, რაც გამოვაქვეყნეთ, ადგილების მიხედვით.
alert-level-life = საფრთხე სიცოცხლისთვის
alert-level-important = მნიშვნელოვანი
alert-level-notice = საყურადღებოდ
status-about = როგორ მუშაობს ყოველი სერვისი ახლა, რა იგეგმება და რა შეფერხებები იყო.
status-all = ყველა სერვისი
no-disruption = არც ერთი სერვისი არ არის შეფერხებული.
no-planned-work = სამუშაოები არ იგეგმება.
no-past-disruption = შეფერხება არ არის აღრიცხული.
calendar-event = შეხვედრა კონსულტაციის ფარგლებში
calendar-file = კალენდრის ფაილი
claims-about = ჩვენ შესახებ გავრცელებული ნათქვამი. ჯერ წერია, რა არის სიმართლე.
own-corrections-about = რა დავწერეთ შეცდომით, როდიდან და რა წერია იქ ახლა.
plan = მომავალი გადაწყვეტილებები
plan-about = რა უნდა გადაწყდეს, სად შეგიძლიათ აზრის თქმა და რა შევა მალე ძალაში.
plan-honest = სია შედგენილია გამოქვეყნებული დღის წესრიგების, კონსულტაციებისა და გადაწყვეტილებების მიხედვით. რაც ჯერ გამოქვეყნებულ დღის წესრიგში არ არის, არც აქ წერია.
plan-meetings = დღის წესრიგში
plan-no-meetings = მომავალი სხდომა გამოქვეყნებული არ არის.
plan-no-agenda = დღის წესრიგი ჯერ არ გამოქვეყნებულა.
plan-decisions = გამოცხადებულია გადასაწყვეტად
plan-decided = უნდა გადაწყდეს
plan-speak = შეგიძლიათ თქვათ აზრი
plan-effect = გადაწყვეტილია, ჯერ არ მოქმედებს
plan-no-effect = არ არის გამოქვეყნებული გადაწყვეტილება, რომელიც ძალაში შესვლას ელის.
board-count = { $count ->
    [0] ახლა არაფერია გამოკრული.
    [one] ახლა გამოკრულია { $number } განცხადება.
   *[other] ახლა გამოკრულია { $number } განცხადება.
}
board-what = ეს არის ციფრული განცხადებების დაფა. ის სხვა გვერდებისგან გამოყოფილია და მხოლოდ იმას შეიცავს, რასაც კანონი უშვებს.
board-law = შვედეთის კანონი ადგილობრივი თვითმმართველობის შესახებ (2017:725), თავი 8, მუხლები 9–12
board-nothing = ამ სათაურით ახლა არაფერია გამოკრული.
board-taken-down = ჩამოხსნილი
board-log = გამოკვრის ჟურნალი
board-log-about = როდის გამოიკრა ყოველი განცხადება და როდის ჩამოიხსნება. ჩამოხსნილ განცხადებას გვერდი რჩება.
board-log-down = იხსნება
verify = ჩანაწერის შემოწმება
verify-about = როგორ შეუძლია ნებისმიერს შეამოწმოს, რომ ჩანაწერი იმას ამბობს, რაც გამოვაქვეყნეთ, და რას არ ამტკიცებს ეს.
verify-what = რისი შემოწმება შეიძლება
verify-what-text = ყოველი გვერდის გვერდით დევს ფაილი record.json. მასშია ის, რასაც გვერდი ამბობს: სათაური, ყველა ველი და ტექსტი, გაფორმების გარეშე. გვერდზე ნაჩვენებია ფაილის ანაბეჭდი, მისი SHA-256 ჯამი. თუ ერთი ნიშანი მაინც შეიცვლება, ანაბეჭდი სხვა იქნება.
verify-count = ჩანაწერები ანაბეჭდით, ყოველი ენა ცალკე
verify-how = როგორ შევამოწმოთ
verify-step-1 = ჩამოტვირთეთ ჩანაწერის ფაილი. ბმული დგას ჩარჩოში „{ check-this-record }“ მისი გვერდის ბოლოს.
verify-step-2 = გამოთვალეთ ფაილის ანაბეჭდი საკუთარ კომპიუტერზე.
verify-step-3 = შეადარეთ ის გვერდზე ნაჩვენებ ანაბეჭდს ან იმას, რომელიც ვინმემ ადრე ჩაიწერა ან დაბეჭდა.
verify-example = მაგალითი
verify-windows = Windows, PowerShell
verify-same = პასუხი უნდა იყოს
verify-seal = ბეჭედი
verify-seal-text = ბეჭედი არის ანაბეჭდის მიხედვით დახატული ნახატი. ის გეხმარებათ შენიშნოთ, რომ ორი ასლი განსხვავდება. ეს მტკიცებულება არ არის: თავად ანაბეჭდი შეადარეთ.
verify-limits = რას არ ამტკიცებს ეს
verify-limits-text = ანაბეჭდი გვერდზე აჩვენებს, რომ გვერდი და ფაილი ერთმანეთს ეკუთვნის. ვინც ორივეს შეცვლიდა, ანაბეჭდსაც შეცვლიდა. ამიტომ ჩაიწერეთ ან დაბეჭდეთ თქვენთვის მნიშვნელოვანი ჩანაწერის ანაბეჭდი და მოგვიანებით შეადარეთ.
verify-corrections = სად დგას შესწორებები
verify-corrections-text = შეცვლილი ჩანაწერი ცვლილებებს თარიღებით ჩამოთვლის განყოფილებაში „{ changes-to-this-page }“. ჩანაცვლებულ ან გაუქმებულ ჩანაწერს გვერდი რჩება და ამას წერს. ჩვენი შეცდომები შესწორებების გვერდზეა.
home-check-title = ჩანაწერი, რომლის შემოწმებაც შეგიძლიათ
home-check-about = ყოველ ჩანაწერს აქვს ანაბეჭდი. ეს ნახატი უახლესის ანაბეჭდითაა დახატული:
home-check-how = როგორ შევამოწმოთ ჩანაწერი
site-map = საიტის შინაარსი
site-map-about = ყველა სია და ყველა მუდმივი გვერდი ერთ ადგილას.
site-map-now = ახლა და მალე
open-data = ღია მონაცემები
our-accounts = ჩვენი ანგარიშები
accounts-about = სიახლეებს აქაც ვაცხადებთ. ბმულები სხვა საიტებზე გადადის. ძალა აქვს იმას, რაც ამ საიტზე წერია.
subscribe-how = როგორ მუშაობს
subscribe-step-1 = დააყენეთ არხების წამკითხველი: პროგრამა, რომელიც სიახლეებს ბევრი საიტიდან იღებს.
subscribe-step-2 = დააკოპირეთ ქვემოთ მოცემული არხის მისამართი. Atom, RSS და JSON Feed ერთსა და იმავეს შეიცავს; აიღეთ ის, რომელსაც თქვენი პროგრამა იცნობს.
subscribe-step-3 = ჩაამატეთ მისამართი პროგრამაში. ის გაჩვენებთ ახალს და იმას, რაც გასწორდა ან გაუქმდა.
subscribe-private = ჩვენ ვერ ვიგებთ, რომ გამოიწერეთ, და ნებისმიერ დროს შეგიძლიათ შეწყვიტოთ.
everything = ყველაფერი
## Open data
open-data-about = საიტის ყველა ჩანაწერი მონაცემების სახით: თავისუფლად ჩამოსატვირთი, გასაღებისა და ანგარიშის გარეშე.
data-licence = ლიცენზია
data-no-licence = ლიცენზია ჯერ არ არის მითითებული. გვკითხეთ, სანამ მონაცემებს ხელახლა გამოაქვეყნებთ.
data-files = ფაილები
data-everything = ყველაფერი
data-everything-about = ყველა ჩანაწერი ყველა ველითა და კავშირით.
data-terms = სიები
data-terms-about = აღნიშვნების სახელები: გადაწყვეტილების მიმღებები, თემები, აუდიტორიები, ადგილები.
data-dictionary = რას ნიშნავს სვეტები
data-dictionary-about = ყველა ცხრილის ლექსიკონი. აღწერები ინგლისურ ენაზეა.
data-catalogue = კატალოგი
data-catalogue-about = მონაცემთა პორტალებისთვის (DCAT-AP 3).
data-column = სვეტი
data-holds = შეიცავს
data-says = რას ნიშნავს
data-several = რამდენიმე, შორის |
data-how = როგორ არის ცხრილები დაწერილი
data-how-about = თითო სტრიქონი თითოეული ჩანაწერისა და ენისთვის, UTF-8 კოდირებით, უჯრედები მძიმით არის გამოყოფილი. უჯრედი, რომელსაც ცხრილის პროგრამა ფორმულად შეასრულებდა, აპოსტროფით იწყება. ველების სიები უჯრედში JSON-ის სახით წერია.
data-stable = სვეტები მხოლოდ ემატება, არსებულების შემდეგ.
data-holds-text = ტექსტი
data-holds-markdown = Markdown
data-holds-flag = კი ან არა
data-holds-count = მთელი რიცხვი
data-holds-day = დღე
data-holds-instant = დრო სასაათო სარტყლით
data-holds-stamp = დღე ან დრო სასაათო სარტყლით
data-holds-url = მისამართი
data-holds-word = ერთ-ერთი
data-holds-lang = ენა
data-holds-json = JSON

## ღია ჟურნალი: ვერსიები, წაშლილი ჩანაწერები, შემოწმება
field-contact = კონტაქტი
field-no = არა
field-other = სხვა მონაცემები
field-reference = ნომერი
field-text = ტექსტი
field-title = სათაური
field-url = მისამართი
field-yes = დიახ
reason = მიზეზი
reason-correction = შეცდომა გასწორდა
reason-superseded = მის ადგილას უფრო ახალია
reason-court-order = სასამართლომ ასე დაადგინა
reason-data-protection = პერსონალური მონაცემების დაცვა
reason-copyright = სხვისი უფლება ტექსტზე
reason-mistake = შეცდომით გამოქვეყნდა
act-revised = შეიცვალა
act-erased = წაიშალა
version-name = ვერსია { $number }
version-notice = ეს არის ვერსია { $number }. ის აღარ მოქმედებს.
version-this = ეს ვერსია
version-current = გვერდზე, როგორიც ახლაა
version-text = რას ამბობდა ეს ვერსია
versions-in-log = ვერსიები ღია ჟურნალში
diff-added = დაემატა:
diff-removed = ამოიღეს:
diff-none = ჩანაწერის შინაარსში არაფერი შეცვლილა.
diff-show = რა შეიცვალა
diff-between = რა შეიცვალა: ვერსია { $old }, ვერსია { $new }
erased-title = ეს ჩანაწერი წაიშალა
erased-about = სათაური და ტექსტი სამუდამოდ ამოღებულია და ასლი აქ არ ინახება. ღია ჟურნალი კვლავ აჩვენებს, რომ ჩანაწერი არსებობდა და როდის წაიშალა.
erased-id = ნომერი ჟურნალში
prove-about = ეს ჩანაწერი ჩვენს ღია ჟურნალშია. იქ ჩაწერილის შეუმჩნევლად შეცვლა ან ამოღება შეუძლებელია.
prove-number = ჟურნალის სტრიქონი: { $number }.
prove-go = შემოწმება
prove-proof = მტკიცებულება ჟურნალიდან
prove-checkpoint = ჟურნალის ხელმოწერილი მდგომარეობა
prove-pending = ეს ჯერ არ არის ღია ჟურნალში. იქ გაჩნდება საიტის შემდეგი გამოქვეყნებისას.
prove-failed = შემოწმება ვერ დაიწყო. სცადეთ ხელახლა ან შეამოწმეთ სხვა პროგრამით.
prove-busy = მოწმდება …
prove-good = შემოწმდა: ეს ზუსტად ის ჩანაწერია, რაც გამოქვეყნდა, და ის ხელმოწერილ ჟურნალშია.
prove-bad = შემოწმება ვერ გაიარა. აქ რაღაც არ ემთხვევა; ქვემოთ წერია, რა.
prove-unfinished = შემოწმება ვერ დასრულდა. ყალბი არაფერი აღმოჩნდა.
prove-ok-record = ფაილს record.json აქვს ის ანაბეჭდი, რომელსაც გვერდი აჩვენებს.
prove-ok-page = ფაილის სათაური, ენა და მისამართი ამ გვერდისაა.
prove-ok-leaf = ჟურნალის სტრიქონი ზუსტად ამ ფაილს ეკუთვნის.
prove-ok-key = ჟურნალის მდგომარეობა ხელმოწერილია გვერდზე დასახელებული გასაღებით.
prove-ok-in = სტრიქონი ხელმოწერილ ჟურნალშია.
prove-ok-now = დღევანდელი ჟურნალი ხელმოწერილია და ყველაფერი, რაც მაშინ იყო, უცვლელად დგას.
prove-fail-record = ფაილს record.json არ აქვს ის ანაბეჭდი, რომელსაც გვერდი აჩვენებს.
prove-fail-page = ფაილი record.json სხვა გვერდს ეხება: სათაური, ენა ან მისამართი სხვაა.
prove-fail-leaf = ჟურნალის სტრიქონი სხვა ფაილს ეკუთვნის.
prove-fail-key = ჟურნალის მდგომარეობა არ არის ხელმოწერილი გვერდზე დასახელებული გასაღებით.
prove-fail-in = სტრიქონი არ არის ხელმოწერილ ჟურნალში.
prove-fail-now = დღევანდელი ჟურნალი არ აგრძელებს ადრინდელს: ის შეცვლილია, შემოკლებულია ან სხვისი ხელმოწერილია.
prove-form = ვერ იკითხება, რადგან შეცვლილი ან დაზიანებულია: { $what }
prove-gone = ვერ ჩამოიტვირთა: { $what }
prove-no-key = ეს ბრაუზერი ხელმოწერებს (Ed25519) ვერ ამოწმებს. გამოიყენეთ უფრო ახალი ან პროგრამა promulgate verify.
prove-entry = სტრიქონი { $what }
prove-withdrawn = ჟურნალის თანახმად, ეს გაუქმებულია.
prove-unproven = რა არ შემოწმდა
prove-now-left = არის თუ არა დღევანდელ ჟურნალში ყველაფერი, რაც იყო.
prove-not-others = სხვებს სხვა ჟურნალს ხომ არ აჩვენებენ. ამისთვის შეინახეთ ქვემოთ მოცემული ხელმოწერილი მდგომარეობა და შეადარეთ სხვის შენახულს.
prove-not-newer = არის თუ არა ჟურნალში ამ ჩანაწერის უფრო ახალი ვერსია.
prove-not-page = ამბობს თუ არა გვერდის დანარჩენი ნაწილი იმავეს, რასაც ფაილი record.json. გახსენით ფაილი და შეადარეთ.
prove-not-true = მართალია თუ არა ის, რაც ჩანაწერში წერია.
prove-not-script = თავად შემოწმება თუ არის პატიოსანი: ის იმავე საიტიდანაა. სხვაგან მიღებული პროგრამა, მაგალითად promulgate verify, აქ არაფერზეა დამოკიდებული.
prove-state = შემოწმებული ჟურნალის ხელმოწერილი მდგომარეობა
prove-keep = მდგომარეობის შენახვა
log-title = ღია ჟურნალი
log-what = ჩანაწერის ყოველი გამოქვეყნება, ცვლილება, გაუქმება და წაშლა ღია ჟურნალის სტრიქონია. სტრიქონები მხოლოდ ემატება. ჟურნალის ყოველი მდგომარეობა ხელმოწერილია და ყოველი მომდევნო ამტკიცებს, რომ ყველა ადრინდელი სტრიქონი კვლავ მასშია.
log-not-text = ჟურნალში არ არის ტექსტი და სახელი: მხოლოდ უაზრო ნომერი, დრო, მოქმედება და დალუქული ანაბეჭდი, რომლითაც ტექსტს ვერავინ გამოიცნობს.
log-size = სტრიქონები
log-key = ჟურნალის გასაღები
log-key-about = შეადარეთ ეს გასაღები დაბეჭდილ განცხადებაში ან ჩვენს სხვა საიტზე მოცემულს.
log-feed = ჟურნალის ხელმოწერილი მდგომარეობები
log-feed-about = ღია ჟურნალის ყოველი ხელმოწერილი მდგომარეობა. ვინც მათ ინახავს, მოგვიანებით აჩვენებს, გადაიწერა თუ არა ჟურნალი.
log-state = მდგომარეობა, სტრიქონები: { $number }
log-whole = მთელი საიტის შემოწმება
log-whole-about = პროგრამა promulgate verify ამოწმებს ყოველ ფაილს, სტრიქონს და ჩანაწერს. გასაღები განცხადებიდან აიღეთ და არა აქედან.
log-tools = შემოწმება ჩვეულებრივი საშუალებებით
log-tools-about = ბრძანებები ბეჭდავს ჟურნალის სტრიქონს და შემდეგ რიცხვს. იგივე რიცხვი სტრიქონშიც უნდა იდგეს.
log-limits = ჟურნალი არ ამტკიცებს, რომ ჩანაწერში ნათქვამი მართალია, და არც იმას, ვინ დაწერა. ვისაც ჩვენი ხელმოწერის გასაღები აქვს, შეეძლო მეორე ჟურნალი ეწარმოებინა და ზოგისთვის ეჩვენებინა; ამას პოულობენ ისინი, ვინც ხელმოწერილ მდგომარეობებს ინახავს და ადარებს.
log-keep = ამიტომ დროდადრო შეინახეთ ხელმოწერილი მდგომარეობა ან თვალი ადევნეთ არხს. ძველი მდგომარეობით promulgate verify აჩვენებს, შეიცვალა თუ არა რამე მანამდე.
