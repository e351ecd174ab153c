# Daylight: English. Every language has the same keys; a site may replace any of them in its own messages.

# The frame of every page
skip = Skip to main content
language = Language
main-navigation = Main
breadcrumb = You are here
home = Home
follow = Follow
about-this-site = About this site
last-built = Last built
no-tracking = No cookies, no tracking.
updated = Updated
published = Published
expires = Valid until
undated = Undated

# Kinds
kind-decision = Decision
kind-update = Service update
kind-alert = Alert
kind-consultation = Consultation
kind-correction = Correction
kind-service = Service
kind-meeting = Meeting
kind-notice = Notice
kind-vacancy = Vacancy
kind-page = Page
kinds-decision = Decisions
kinds-update = Service updates
kinds-alert = Alerts
kinds-consultation = Consultations
kinds-correction = Corrections
kinds-service = Services
kinds-meeting = Meetings
kinds-notice = Notice board
kinds-vacancy = Vacancies
kinds-page = Pages
nav-decision = Decisions
nav-service = Services
nav-consultation = Have your say
nav-correction = Corrections
nav-meeting = Meetings
nav-notice = Notice board
about-decision = What has been decided, by whom, why, and how you can appeal.
about-update = Disruptions, planned work and changes in our services.
about-alert = Warnings that stand now, and earlier ones with their all clear.
about-consultation = Questions you can answer now, and what earlier answers led to.
about-correction = What we got wrong and have put right, and false claims with the facts.
about-service = All services from A to Z, with how they work right now.
about-meeting = Agendas before the meeting, minutes after it.
about-notice = Announcements that the law requires. Nothing else is posted here.
about-vacancy = Jobs you can apply for.
about-page = Pages about the municipality and this site.

# Home and lists
latest-decisions = Latest decisions
all-decisions = All decisions
all-services = All services
all-corrections = All corrections
no-open-consultation = Nothing is open for answers right now.
services-now = Services now
checked = Checked
put-right = Put right
own-corrections = We corrected our own text
false-claims = Claims and facts
nothing-here = There is nothing here yet.
pages = Pages
newer = Newer
older = Older
previous = Previous
next = Next
neighbours = Neighbouring records
feed-of-list = Feed of this list
feed-of-everything = Feed of everything
by-kind = By kind
by-year = By year
by-body = By decision maker
by-topic = By topic
by-place = By place
by-audience = By audience
group-alert-active = In force now
group-consultation-open = Open for answers
group-consultation-upcoming = Opening soon
group-meeting-upcoming = Coming meetings
group-notice-posted = Posted now
group-vacancy-open = Open for applications
group-update-outage = Outages now
group-update-degraded = Disruptions now
group-update-maintenance = Work under way
group-update-planned = Planned work
disturbed-now = Disrupted now
planned-work = Planned and ongoing work
over-now = Over now
board-appeal = A municipal decision can be appealed to the administrative court. The appeal must arrive within three weeks of the day when the minutes were announced here.
calendar = Calendar
calendar-about = Meetings and last days: to answer, to apply, to appeal.
calendar-meeting = Meeting
calendar-closes = Last day to answer
calendar-opens = Consultation opens
calendar-apply = Last day to apply
calendar-appeal = Last day to appeal
past-meetings = Past meetings
subscribe = Subscribe
subscribe-about = Choose what you want to follow. A feed reader fetches the news; you need no account and leave no address.
not-found = The page was not found
not-found-about = The address may be mistyped, or the page has moved. Nothing is taken away in silence: withdrawn records keep their page.
to-home = To the home page

# A record
in-plain-language = In plain language
key-facts = Key facts
on-this-page = On this page
case = Case
responsible = Responsible
areas = Areas
topics = Topics
audiences = For whom
documents = Documents
withheld = Withheld
timeline = Timeline
still-ahead = Still to come
changes-to-this-page = Changes to this page
first-published = First published.
corrected = Corrected
superseded = Replaced
related = See also
decisions-after = Decided after this
decided-here = Decided here
decision-taken = Decision
where-announced = Where we announced it
leaves-site = The links leave this site.
follow-and-ask = Follow and ask
ask-or-report = Ask or report an error
notice-withdrawn = This has been withdrawn.
notice-stale = This translation is older than the original. The original is what counts:
notice-superseded = A newer decision has replaced this one:
notice-amended = Changed in part by:
notice-corrected = This page has been corrected:
notice-supersedes = This replaces:
notice-amends = This changes in part:
notice-corrects = This puts right:

# Decisions
what-was-decided = What was decided
why = Why
cost = Cost
options = Options that were considered
chosen = Chosen
not-chosen = Not chosen
pros = For
cons = Against
why-chosen = Why it was chosen
why-not-chosen = Why it was not chosen
how-they-voted = How they voted
vote-for = for
vote-against = against
vote-abstained = abstained
vote-absent = absent
vote-filled = filled dots
vote-rings = rings
vote-dots = small dots
vote-roll = Votes by party or seat
vote-who = Party or seat
vote-how = Vote
seats = Seats
interests = Declared interests
none-declared = None declared.
left-room = Left the room.
dispensation = Dispensation
reservations = Reservations
legal-basis = Legal basis
how-to-appeal = How to appeal
appeal-by = Appeal by
appeal-must-arrive = Your appeal must arrive by this date.
appeal-to = Send it to
decided-on = Decided
decision-makers = Decision makers
announced-on-board = Announced on the notice board
in-force-from = In force from
valid-until = Valid until
implemented-on = Implemented
last-day-to-appeal = Last day to appeal
partly-published = Part of this record is not published.

# Alerts and updates
what-to-do-now = What to do now
what-applied = What applied
questions = Questions? Call
next-update = Next update
all-clear = All clear
updates = Updates
severity = Severity
urgency = Urgency
certainty = Certainty
category = Category
response = Response
effective = In force from
onset = Began
coordinates = Coordinates
state = State
starts = Starts
ends = Ends

# Consultations
opens = Opens
closes = Closes
who-may-answer = Who may answer
answer-by = Answer by
what-we-heard = What we heard and what we did
you-said = You said
we-did = We did
result = Result
the-question = The question
take-part = Take part
events = Events

# Corrections
verdict = Verdict
correction-type = Type
corrects = Puts right
what-is-true = What is true
the-claim = The claim
seen-at = Seen
now-reads = What is right
was-wrong = What it said
evidence = Evidence

# Services, meetings, notices, vacancies
time-needed = How long it takes
ways = How
who = Who it is for
bring = What to bring
hours = Hours
where = Where
agenda = Agenda
minutes = Minutes
notice-kind = Kind of notice
posted = Posted
approved = Minutes approved
take-down = Taken down
kept-at = Kept at
apply-by = Apply by
employment = Employment
salary = Salary

# What Markdown needs
md-table = Table
md-footnotes = Footnotes
md-footnote-back = Back to the text
md-done = Done
md-open = Not done
md-note = Note
md-tip = Tip
md-important = Important
md-warning = Warning
md-caution = Danger

# Statuses; the second text stands beside a date
status-upcoming = Upcoming
status-upcoming-date = From { $date }
status-open = Open
status-open-date = Open until { $date }
status-closed = Closed
status-closed-date = Closed { $date }
status-decided = Decided
status-decided-date = Decided { $date }
status-appealable = Decided
status-appealable-date = Can be appealed until { $date }
status-final = Final
status-final-date = Final since { $date }
status-in-force = In force
status-in-force-date = In force since { $date }
status-implemented = Implemented
status-implemented-date = Implemented { $date }
status-expired = Expired
status-expired-date = Expired { $date }
status-superseded = Replaced
status-superseded-date = Replaced { $date }
status-withdrawn = Withdrawn
status-withdrawn-date = Withdrawn { $date }
status-active = In force now
status-active-date = Since { $date }
status-resolved = All clear
status-resolved-date = All clear since { $date }
status-operational = As usual
status-operational-date = As usual since { $date }
status-maintenance = Maintenance
status-maintenance-date = Maintenance since { $date }
status-degraded = Disrupted
status-degraded-date = Disrupted since { $date }
status-outage = Not working
status-outage-date = Not working since { $date }
status-planned = Planned
status-planned-date = Planned from { $date }
status-over = Over
status-over-date = Ended { $date }
status-posted = Posted
status-posted-date = To be taken down { $date }
status-taken-down = Taken down
status-taken-down-date = Taken down { $date }
status-corrected = Corrected
status-corrected-date = Corrected { $date }
status-verdict-false = The claim is false
status-verdict-false-date = Checked { $date }
status-verdict-misleading = The claim is misleading
status-verdict-misleading-date = Checked { $date }
status-verdict-missing-context = The claim lacks context
status-verdict-missing-context-date = Checked { $date }
status-verdict-outdated = The claim is out of date
status-verdict-outdated-date = Checked { $date }
status-verdict-satire = The claim is satire
status-verdict-satire-date = Checked { $date }
status-verdict-true = The claim is true
status-verdict-true-date = Checked { $date }
status-own-error = We corrected ourselves
status-own-error-date = Corrected { $date }
status-published = Published
status-published-date = Published { $date }

# Words of closed lists
word-state-operational = As usual
word-state-maintenance = Maintenance
word-state-degraded = Disrupted
word-state-outage = Not working
word-category-geo = Ground and earth
word-category-met = Weather
word-category-safety = Safety
word-category-security = Security
word-category-rescue = Rescue
word-category-fire = Fire
word-category-health = Health
word-category-env = Environment
word-category-transport = Transport
word-category-infra = Utilities
word-category-cbrne = Hazardous substances
word-category-other = Other
word-severity-extreme = Extreme
word-severity-severe = Severe
word-severity-moderate = Moderate
word-severity-minor = Minor
word-severity-unknown = Unknown
word-urgency-immediate = Act now
word-urgency-expected = Within the hour
word-urgency-future = Soon
word-urgency-past = Past
word-urgency-unknown = Unknown
word-certainty-observed = Observed
word-certainty-likely = Likely
word-certainty-possible = Possible
word-certainty-unlikely = Unlikely
word-certainty-unknown = Unknown
word-response-shelter = Take shelter
word-response-evacuate = Leave the area
word-response-prepare = Prepare
word-response-execute = Follow the advice
word-response-avoid = Stay away
word-response-monitor = Follow the news
word-response-assess = Assess the situation
word-response-allclear = All clear
word-response-none = None
word-verdict-false = False
word-verdict-misleading = Misleading
word-verdict-missing-context = Missing context
word-verdict-outdated = Out of date
word-verdict-satire = Satire
word-verdict-true = True
word-type-clerical = Clerical error
word-type-substantive = Error of substance
word-type-retraction = Retraction
word-ways-online = Online
word-ways-phone = By phone
word-ways-office = In person
word-notice-kind-council-meeting = Council meeting
word-notice-kind-minutes = Approved minutes
word-notice-kind-delegated-decision = Delegated decision
word-notice-kind-board-meeting = Committee meeting
word-notice-kind-other-law = Notice under another law
word-vote-for = for
word-vote-against = against
word-vote-abstained = abstained
word-vote-absent = absent
word-status-changed = Changed
word-status-partly = Changed in part
word-status-kept = Not changed

# Sentences with numbers
page-number = Page { $number }
list-count = { $count ->
    [one] { $number } record
   *[other] { $number } records
}
finished-consultations = { $count ->
    [one] What we heard and what we did: { $number } finished consultation
   *[other] What we heard and what we did: { $number } finished consultations
}
status-sentence = { $count ->
    [0] All services work as usual.
    [one] { $number } service is disrupted.
   *[other] { $number } services are disrupted.
}
vote-sentence = { $total } seats: { $for } for, { $against } against, { $abstained } abstained, { $absent } absent.

# Posts: $title, $summary, $link, and $note, which says what changed
post-published =
    { $title }

    { $summary }

    { $link }
post-updated =
    Updated: { $title }

    { $note }

    { $link }
post-corrected =
    Corrected: { $title }

    { $note }

    { $link }
post-superseded =
    Replaced: { $title }

    { $note }

    { $link }
post-withdrawn =
    Withdrawn: { $title }

    { $note }

    { $link }
post-resolved =
    All clear: { $title }

    { $summary }

    { $link }
post-reminder =
    Reminder: { $title }

    { $summary }

    { $link }
post-decision-published =
    Decision: { $title }

    { $summary }

    { $link }
post-decision-updated =
    Updated. Decision: { $title }

    { $note }

    { $link }
post-decision-corrected =
    Corrected. Decision: { $title }

    { $note }

    { $link }
post-decision-superseded =
    Replaced. Decision: { $title }

    { $note }

    { $link }
post-decision-withdrawn =
    Withdrawn. Decision: { $title }

    { $note }

    { $link }
post-decision-resolved =
    Over. Decision: { $title }

    { $summary }

    { $link }
post-decision-reminder =
    Last day to appeal: { $date }. { $title }

    { $summary }

    { $link }
post-update-published =
    Service update: { $title }

    { $summary }

    { $link }
post-update-updated =
    Updated. Service update: { $title }

    { $note }

    { $link }
post-update-corrected =
    Corrected. Service update: { $title }

    { $note }

    { $link }
post-update-superseded =
    Replaced. Service update: { $title }

    { $note }

    { $link }
post-update-withdrawn =
    Withdrawn. Service update: { $title }

    { $note }

    { $link }
post-update-resolved =
    Over. Service update: { $title }

    { $summary }

    { $link }
post-update-reminder =
    Planned work begins: { $date }. { $title }

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
    Corrected: { $title }

    { $note }

    { $link }
post-alert-superseded =
    Replaced: { $title }

    { $note }

    { $link }
post-alert-withdrawn =
    Withdrawn: { $title }

    { $note }

    { $link }
post-alert-resolved =
    All clear: { $title }

    { $summary }

    { $link }
post-consultation-published =
    Consultation: { $title }

    { $summary }

    { $link }
post-consultation-updated =
    Updated. Consultation: { $title }

    { $note }

    { $link }
post-consultation-corrected =
    Corrected. Consultation: { $title }

    { $note }

    { $link }
post-consultation-superseded =
    Replaced. Consultation: { $title }

    { $note }

    { $link }
post-consultation-withdrawn =
    Withdrawn. Consultation: { $title }

    { $note }

    { $link }
post-consultation-resolved =
    Over. Consultation: { $title }

    { $summary }

    { $link }
post-consultation-reminder =
    Last day to answer: { $date }. { $title }

    { $summary }

    { $link }
post-correction-published =
    Correction: { $title }

    { $summary }

    { $link }
post-correction-updated =
    Updated. Correction: { $title }

    { $note }

    { $link }
post-correction-corrected =
    Corrected. Correction: { $title }

    { $note }

    { $link }
post-correction-superseded =
    Replaced. Correction: { $title }

    { $note }

    { $link }
post-correction-withdrawn =
    Withdrawn. Correction: { $title }

    { $note }

    { $link }
post-correction-resolved =
    Over. Correction: { $title }

    { $summary }

    { $link }
post-service-published =
    Service: { $title }

    { $summary }

    { $link }
post-service-updated =
    Updated. Service: { $title }

    { $note }

    { $link }
post-service-corrected =
    Corrected. Service: { $title }

    { $note }

    { $link }
post-service-superseded =
    Replaced. Service: { $title }

    { $note }

    { $link }
post-service-withdrawn =
    Withdrawn. Service: { $title }

    { $note }

    { $link }
post-service-resolved =
    Over. Service: { $title }

    { $summary }

    { $link }
post-meeting-published =
    Meeting: { $title }

    { $summary }

    { $link }
post-meeting-updated =
    Updated. Meeting: { $title }

    { $note }

    { $link }
post-meeting-corrected =
    Corrected. Meeting: { $title }

    { $note }

    { $link }
post-meeting-superseded =
    Replaced. Meeting: { $title }

    { $note }

    { $link }
post-meeting-withdrawn =
    Withdrawn. Meeting: { $title }

    { $note }

    { $link }
post-meeting-resolved =
    Over. Meeting: { $title }

    { $summary }

    { $link }
post-notice-published =
    Notice: { $title }

    { $summary }

    { $link }
post-notice-updated =
    Updated. Notice: { $title }

    { $note }

    { $link }
post-notice-corrected =
    Corrected. Notice: { $title }

    { $note }

    { $link }
post-notice-superseded =
    Replaced. Notice: { $title }

    { $note }

    { $link }
post-notice-withdrawn =
    Withdrawn. Notice: { $title }

    { $note }

    { $link }
post-notice-resolved =
    Over. Notice: { $title }

    { $summary }

    { $link }
post-vacancy-published =
    Vacancy: { $title }

    { $summary }

    { $link }
post-vacancy-updated =
    Updated. Vacancy: { $title }

    { $note }

    { $link }
post-vacancy-corrected =
    Corrected. Vacancy: { $title }

    { $note }

    { $link }
post-vacancy-superseded =
    Replaced. Vacancy: { $title }

    { $note }

    { $link }
post-vacancy-withdrawn =
    Withdrawn. Vacancy: { $title }

    { $note }

    { $link }
post-vacancy-resolved =
    Over. Vacancy: { $title }

    { $summary }

    { $link }
post-page-published =
    { $title }

    { $summary }

    { $link }
post-page-updated =
    Updated: { $title }

    { $note }

    { $link }
post-page-corrected =
    Corrected: { $title }

    { $note }

    { $link }
post-page-superseded =
    Replaced: { $title }

    { $note }

    { $link }
post-page-withdrawn =
    Withdrawn: { $title }

    { $note }

    { $link }
post-page-resolved =
    Over: { $title }

    { $summary }

    { $link }

## Pages of records
status-answered = What we heard and did
status-answered-date = Closed { $date }
uptime-title = The last 90 days
uptime-sentence = Worked as usual on { $good } of { $total } days.
uptime-table = Day by day
uptime-period = Days
decided-by = Decided by
vote-totals = Votes in total
vote-total = All seats
check-this-record = Check this record
check-about = The number below is computed from the text of this record. If one word changes, the number and the seal change too.
check-how = Save the file and run this command; it must answer with the same number:
check-more = More ways to check
replaces-and-replaced = Replaced, changed, put right
rel-supersedes = Replaces
rel-superseded-by = Replaced by
rel-amends = Changes in part
rel-amended-by = Changed in part by
rel-corrects = Puts right
rel-corrected-by = Corrected by
tell-us = Is something wrong, missing or hard to understand? Tell us. The number is already in the subject line.
feed-of-kind = Feed
situation = The situation
what-we-know = What we know
what-we-do-not-know = What we do not know
what-we-do = What we are doing
what-you-do = What you do
what-not-to-do = What not to do
who-to-call = Who to call
national-channel = National warnings and advice:
consultation-upcoming = You can answer from
consultation-closed = This consultation closed
consultation-reading = We are reading the answers. What we heard and what we did will be published on this page.
who-decides = Who decides
the-question-was = What we asked
wrong-since = Wrong since
languages-spoken = Languages
state-now = How it works now
notice-kept = The time on the board is over. The page stays as proof of what was announced.
notice-proof = What was posted
deciding-body = Body
officer = Posted by
how-to-appeal-this = How to appeal this decision
took-part = How people could answer
add-to-calendar = Add to your calendar
status-under-way = Under way
status-under-way-date = Until { $date }
## cards
card-alt = Card: { $words }
## Search

search = Search
search-label = Search everything we have published
search-results = Results
search-filter = Narrow down
search-clear = Remove all filters
search-by-best = Best match first
search-by-date = Newest first
search-more = Show more
search-browse = Or browse
search-no-script = Searching for words needs JavaScript. Everything can also be reached by the lists below.
search-none = Nothing was found. Try fewer words, or the beginning of a word.
search-failed = The search could not be loaded. Try again, or use the lists below.
search-found = { $count ->
    [one] { $number } record found
   *[other] { $number } records found
}

## feeds, calendars, CAP
feed-corrected = Corrected: { $title }
feed-withdrawn = Withdrawn: { $title }
feed-superseded = Replaced: { $title }
feed-superseded-by = Replaced by: { $title }
feed-explained = This is a feed. Copy the address below into a feed reader and it fetches what is new. You need no account and leave no address.
feed-to-page = To the page on the site
cap-of-alert = Alert in CAP format
cap-of-all = All alerts in CAP format
cap-all-clear = All clear: { $title }
cap-all-clear-about = The danger is over. The advice no longer applies.
calendar-works = Planned work

## Pages of the site
as-of = As of
show-all = Show all
newest-page = newest
filtered-by = Shown here
remove-filter = remove this filter
filter-here = Filter this list on its first page
terms-bodies = Decision makers
terms-bodies-about = Committees, boards and officers, with everything that each has published.
terms-topics = Topics
terms-topics-about = Everything we have published, by what it is about.
terms-audiences = Audiences
terms-audiences-about = Everything we have published, by whom it concerns.
terms-places = Places
terms-places-about = Everything we have published, by the place that it concerns.
alert-level-life = Danger to life
alert-level-important = Important
alert-level-notice = Notice
status-about = How every service works now, what is planned, and what has been disrupted.
status-all = All services
no-disruption = No service is disrupted.
no-planned-work = No work is planned.
no-past-disruption = No disruption is on record.
calendar-event = Event in a consultation
calendar-file = Calendar file
claims-about = Claims that have been told about us. What is true stands first.
own-corrections-about = What we wrote wrongly, since when, and what stands there now.
plan = Coming decisions
plan-about = What is to be decided, where you can still have a say, and what takes effect soon.
plan-honest = The list is made from agendas, consultations and decisions that are published. What is not on a published agenda yet is not here.
plan-meetings = On the agenda
plan-no-meetings = No coming meeting is published.
plan-no-agenda = The agenda is not published yet.
plan-decisions = Announced for decision
plan-decided = To be decided
plan-speak = You can have a say
plan-effect = Decided, not yet in effect
plan-no-effect = No published decision is waiting to take effect.
board-count = { $count ->
    [0] Nothing is posted now.
    [one] { $number } notice is posted now.
   *[other] { $number } notices are posted now.
}
board-what = This is the digital notice board. It stands apart from our other pages and holds only what the law lets it hold.
board-law = Local Government Act (2017:725), chapter 8, sections 9 to 12
board-nothing = Nothing is posted under this heading now.
board-taken-down = Taken down
board-log = Posting log
board-log-about = When each notice was posted and when it comes down. A notice that was taken down keeps its page.
board-log-down = Down from
verify = Check a record
verify-about = How anyone can check that a record says what we published, and what that does not prove.
verify-what = What can be checked
verify-what-text = Beside every page lies a file, record.json. It holds what the page says: title, all fields and the text, without the design. The page shows the file's fingerprint, which is its SHA-256 hash. If one character of the file changes, the fingerprint is another.
verify-count = Records with a fingerprint, each language counted
verify-how = How to check
verify-step-1 = Download the record's file. The link stands in the box “{ check-this-record }” at the foot of its page.
verify-step-2 = Compute the file's fingerprint with a program on your own computer.
verify-step-3 = Compare it with the fingerprint on the page, or with one that somebody noted or printed earlier.
verify-example = An example
verify-windows = Windows, in PowerShell
verify-same = The answer must be
verify-seal = The seal
verify-seal-text = The seal is a pattern drawn from the fingerprint. It helps you notice that two copies differ. It is not a proof: compare the fingerprint itself.
verify-limits = What this does not prove
verify-limits-text = The fingerprint on a page shows that page and file belong together. Whoever could change both could also change the fingerprint. So note or print the fingerprint of a record that matters to you, and compare it later.
verify-corrections = Where corrections stand
verify-corrections-text = A changed record lists its changes with their dates under “{ changes-to-this-page }”. A record that was replaced or withdrawn keeps its page and says so. Our own errors stand on the page of corrections.
home-check-title = A record you can check
home-check-about = Every record has a fingerprint. This pattern is drawn from the fingerprint of the newest one:
home-check-how = How to check a record
site-map = Contents of the site
site-map-about = Every list and every fixed page in one place.
site-map-now = Now and soon
open-data = Open data
our-accounts = Our accounts
accounts-about = We announce news here too. The links leave this site. What counts stands on this site.
subscribe-how = How it works
subscribe-step-1 = Install a feed reader: a program or an app that fetches news from many sites.
subscribe-step-2 = Copy the address of a feed below. Atom, RSS and JSON Feed hold the same; take the one that your reader knows.
subscribe-step-3 = Add the address in the feed reader. It will show what is new, and what has been corrected or withdrawn.
subscribe-private = We do not learn that you subscribe, and you can stop at any time.
everything = Everything
## Open data
open-data-about = Every record of this site as data: free to fetch, without a key and without an account.
data-licence = Licence
data-no-licence = No licence has been stated yet. Ask us before you publish the data again.
data-files = Files
data-everything = Everything
data-everything-about = All records with all their fields and relations.
data-terms = Lists
data-terms-about = The names behind the ids: decision makers, topics, audiences, places.
data-dictionary = What the columns mean
data-dictionary-about = The dictionary of all tables. The descriptions are in English.
data-catalogue = Catalogue
data-catalogue-about = For data portals (DCAT-AP 3).
data-column = Column
data-holds = Holds
data-says = What it says
data-several = several, with | between them
data-how = How the tables are written
data-how-about = One row for each record and language, in UTF-8, with commas between the cells. A cell that a spreadsheet would run as a formula begins with an apostrophe. Lists of fields stand in a cell as JSON.
data-stable = Columns are only ever added, behind those that are there.
data-holds-text = text
data-holds-markdown = Markdown
data-holds-flag = true or false
data-holds-count = a whole number
data-holds-day = a day
data-holds-instant = a time with its offset
data-holds-stamp = a day, or a time with its offset
data-holds-url = an address
data-holds-word = one of
data-holds-lang = a language
data-holds-json = JSON

## The public log: versions, erased records, checking
field-contact = Contact
field-no = no
field-other = Further details
field-reference = Reference
field-text = Text
field-title = Title
field-url = Address
field-yes = yes
reason = Reason
reason-correction = an error was corrected
reason-superseded = something newer stands in its place
reason-court-order = a court has ordered it
reason-data-protection = protection of personal data
reason-copyright = somebody else’s rights in the text
reason-mistake = it was published by mistake
act-revised = Changed
act-erased = Erased
version-name = Version { $number }
version-notice = This is version { $number }. It no longer holds.
version-this = this version
version-current = To the page as it stands now
version-text = What this version said
versions-in-log = Versions in the public log
diff-added = Added:
diff-removed = Removed:
diff-none = Nothing that the record says was changed.
diff-show = What was changed
diff-between = What was changed from version { $old } to version { $new }
erased-title = This record was erased
erased-about = Its title and its text were taken out for good, and no copy is kept here. The public log still shows that there was a record, and when it was erased.
erased-id = Number in the log
prove-about = This record stands in our public log. What stands there cannot be changed or removed without a trace.
prove-number = It is entry { $number }.
prove-go = Check now
prove-proof = Proof from the log
prove-checkpoint = Signed state of the log
prove-pending = This is not in the public log yet. It will be when the site is next published.
prove-failed = The check could not be started. Try again, or check with another program.
prove-busy = Checking …
prove-good = Checked: this record is what was published, and it stands in the signed log.
prove-bad = The check has failed. Something here does not fit together; below it says what.
prove-unfinished = The check could not be finished. Nothing was found to be false.
prove-ok-record = The file record.json has the fingerprint that this page shows.
prove-ok-page = Title, language and address in the file are those of this page.
prove-ok-leaf = The entry in the log stands for exactly this file.
prove-ok-key = The state of the log was signed with the key that this page names.
prove-ok-in = The entry is in the signed log.
prove-ok-now = The log of today is signed, and everything that was in it then is in it unchanged.
prove-fail-record = The file record.json does not have the fingerprint that this page shows.
prove-fail-page = The file record.json is not about this page: title, language or address are others.
prove-fail-leaf = The entry in the log stands for another file than this one.
prove-fail-key = The state of the log was not signed with the key that this page names.
prove-fail-in = The entry is not in the signed log.
prove-fail-now = The log of today does not go on from the log of then: it was changed, cut, or signed by somebody else.
prove-form = Cannot be read, because it was changed or damaged: { $what }
prove-gone = Could not be fetched: { $what }
prove-no-key = This browser cannot check signatures (Ed25519). Use a newer browser, or the program promulgate verify.
prove-entry = Entry { $what }
prove-withdrawn = The log says that this was withdrawn.
prove-unproven = What was not checked
prove-now-left = Whether the log of today still holds everything that was in it.
prove-not-others = Whether other people are shown another log. For that, keep the signed state below and compare it with one that somebody else has kept.
prove-not-newer = Whether the log holds a newer version of this record.
prove-not-page = Whether the rest of this page says the same as the file record.json. Open the file and compare.
prove-not-true = Whether what the record says is true.
prove-not-script = Whether this check itself is honest: it comes from the same site. A program from elsewhere, such as promulgate verify, depends on nothing here.
prove-state = The signed state of the log that was checked
prove-keep = Keep this state
log-title = The public log
log-what = Every publication, change, withdrawal and erasure of a record is an entry in a public log. Entries are only ever added. Each state of the log is signed, and every later state proves that it still holds all earlier entries.
log-not-text = The log holds no text and no name: only a number without meaning, a time, what was done, and a sealed fingerprint that nobody can guess the text from.
log-size = Entries
log-key = Key of the log
log-key-about = Compare this key with the one on a printed notice or another site of ours.
log-feed = Signed states of the log
log-feed-about = Each signed state of the public log. Whoever keeps them can show later whether the log was rewritten.
log-state = State with { $number } entries
log-whole = Check the whole site
log-whole-about = The program promulgate verify checks every file, every entry and every record. Take the key from a notice, not from here.
log-tools = Check with the usual tools
log-tools-about = The commands print the entry and then a number. The same number must stand in the entry.
log-limits = The log does not prove that what a record says is true, and not who wrote it. Whoever has our signing key could keep a second log and show it to some people; this is found by those who keep signed states and compare them.
log-keep = So keep a signed state now and then, or follow the feed. With an old state, promulgate verify shows whether anything before it was changed.
