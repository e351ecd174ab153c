home = Home
kind-decision = Decision
kinds-decision = All records
nav-decision = All records
about-decision = Decisions and service updates from Norrvik Council
services-now = Services now
calendar = Calendar
subscribe = Subscribe
not-found = Page not found
by-kind = By kind
by-year = Years
by-body = Departments
by-topic = Topics
page-number = Page { $number }
list-count = { $count ->
    [one] One record
   *[other] { $number } records
}
status-sentence = All services run as usual.
status-decided = Decided
status-decided-date = Decided { $date }
status-in-force = In force
status-in-force-date = In force since { $date }
