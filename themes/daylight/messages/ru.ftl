# Daylight: русский. Every language has the same keys; a site may replace any of them in its own messages.

# The frame of every page
skip = Перейти к содержанию
language = Язык
main-navigation = Главное меню
breadcrumb = Вы здесь
home = Главная
follow = Следите за новостями
about-this-site = О сайте
last-built = Сайт собран
no-tracking = Без cookie и слежки.
updated = Обновлено
published = Опубликовано
expires = Действует до
undated = Без даты

# Kinds
kind-decision = Решение
kind-update = Новости службы
kind-alert = Предупреждение
kind-consultation = Общественное обсуждение
kind-correction = Исправление
kind-service = Услуга
kind-meeting = Заседание
kind-notice = Объявление
kind-vacancy = Вакансия
kind-page = Страница
kinds-decision = Решения
kinds-update = Новости служб
kinds-alert = Предупреждения
kinds-consultation = Общественные обсуждения
kinds-correction = Исправления
kinds-service = Услуги
kinds-meeting = Заседания
kinds-notice = Доска объявлений
kinds-vacancy = Вакансии
kinds-page = Страницы
nav-decision = Решения
nav-service = Услуги
nav-consultation = Выскажите мнение
nav-correction = Исправления
nav-meeting = Заседания
nav-notice = Доска объявлений
about-decision = Что решено, кем, почему и как это обжаловать.
about-update = Сбои, плановые работы и изменения в работе служб.
about-alert = Действующие предупреждения и прежние, с отбоем.
about-consultation = Вопросы, на которые можно ответить сейчас, и что дали прежние ответы.
about-correction = Наши исправленные ошибки, а также ложные утверждения и факты.
about-service = Все услуги по алфавиту и как они работают сейчас.
about-meeting = Повестка до заседания, протокол после него.
about-notice = Объявления, которых требует закон. Больше здесь ничего не размещается.
about-vacancy = Вакансии, на которые можно подать заявку.
about-page = Страницы о муниципалитете и сайте.

# Home and lists
latest-decisions = Последние решения
all-decisions = Все решения
all-services = Все услуги
all-corrections = Все исправления
no-open-consultation = Сейчас открытых обсуждений нет.
services-now = Службы сейчас
checked = Проверено
put-right = Исправлено
own-corrections = Мы исправили собственный текст
false-claims = Утверждения и факты
nothing-here = Здесь пока ничего нет.
pages = Страницы
newer = Новее
older = Старше
previous = Предыдущее
next = Следующее
neighbours = Предыдущее и следующее
feed-of-list = Лента этого списка
feed-of-everything = Лента всех новостей
by-kind = По виду
by-year = По годам
by-body = По органу
by-topic = По теме
by-place = По месту
by-audience = По аудитории
group-alert-active = Действуют сейчас
group-consultation-open = Открыты для ответов
group-consultation-upcoming = Скоро откроются
group-meeting-upcoming = Предстоящие заседания
group-notice-posted = Размещено сейчас
group-vacancy-open = Приём заявок открыт
group-update-outage = Отключения сейчас
group-update-degraded = Сбои сейчас
group-update-maintenance = Ведутся работы
group-update-planned = Плановые работы
disturbed-now = Сбои сейчас
planned-work = Плановые и текущие работы
over-now = Завершено
board-appeal = Решение муниципалитета можно обжаловать в административном суде. Жалоба должна поступить в течение трёх недель со дня объявления протокола здесь.
calendar = Календарь
calendar-about = Заседания и последние дни: ответить, подать заявку, обжаловать.
calendar-meeting = Заседание
calendar-closes = Последний день для ответа
calendar-opens = Открывается обсуждение
calendar-apply = Последний день подачи заявок
calendar-appeal = Последний день обжалования
past-meetings = Прошедшие заседания
subscribe = Подписаться
subscribe-about = Выберите, за чем следить. Новости собирает программа для чтения лент; не нужны ни учётная запись, ни адрес.
not-found = Страница не найдена
not-found-about = Возможно, в адресе опечатка или страница переехала. Ничто не исчезает молча: у отозванных записей остаётся своя страница.
to-home = На главную

# A record
in-plain-language = Простыми словами
key-facts = Главное
on-this-page = На этой странице
case = Дело
responsible = Ответственный
areas = Территории
topics = Темы
audiences = Кого касается
documents = Документы
withheld = Не публикуется
timeline = Ход событий
still-ahead = Предстоит
changes-to-this-page = Изменения на странице
first-published = Опубликовано впервые.
corrected = Исправлено
superseded = Заменено
related = См. также
decisions-after = Решения по итогам
decided-here = Решено здесь
decision-taken = Решение
where-announced = Где мы об этом сообщили
leaves-site = Ссылки ведут на другие сайты.
follow-and-ask = Следить и спросить
ask-or-report = Спросить или сообщить об ошибке
notice-withdrawn = Это отозвано.
notice-stale = Перевод старше оригинала. Действует оригинал:
notice-superseded = Это решение заменено более новым:
notice-amended = Частично изменено:
notice-corrected = Эта страница исправлена:
notice-supersedes = Заменяет:
notice-amends = Частично изменяет:
notice-corrects = Исправляет:

# Decisions
what-was-decided = Что решено
why = Почему
cost = Стоимость
options = Рассмотренные варианты
chosen = Выбран
not-chosen = Не выбран
pros = За
cons = Против
why-chosen = Почему выбран
why-not-chosen = Почему не выбран
how-they-voted = Как голосовали
vote-for = за
vote-against = против
vote-abstained = воздержались
vote-absent = отсутствовали
vote-filled = закрашенные точки
vote-rings = кольца
vote-dots = маленькие точки
vote-roll = Голоса по партиям или местам
vote-who = Партия или место
vote-how = Голос
seats = Мест
interests = Конфликт интересов
none-declared = Не заявлено.
left-room = Не участвовал(а): покинул(а) зал.
dispensation = Разрешение
reservations = Особые мнения
legal-basis = Правовое основание
how-to-appeal = Как обжаловать
appeal-by = Обжаловать не позднее
appeal-must-arrive = Жалоба должна поступить не позднее этой даты.
appeal-to = Куда направить
decided-on = Принято
decision-makers = Принявшие решение
announced-on-board = Объявлено на доске объявлений
in-force-from = Вступает в силу
valid-until = Действует до
implemented-on = Выполнено
last-day-to-appeal = Последний день обжалования
partly-published = Часть записи не публикуется.

# Alerts and updates
what-to-do-now = Что делать сейчас
what-applied = Что действовало
questions = Вопросы? Звоните:
next-update = Следующее сообщение
all-clear = Отбой
updates = Обновления
severity = Серьёзность
urgency = Срочность
certainty = Достоверность
category = Категория
response = Действие
effective = Действует с
onset = Началось
coordinates = Координаты
state = Состояние
starts = Начало
ends = Окончание

# Consultations
opens = Открывается
closes = Закрывается
who-may-answer = Кто может ответить
answer-by = Ответить не позднее
what-we-heard = Что мы услышали и сделали
you-said = Вы сказали
we-did = Мы сделали
result = Итог
the-question = Вопрос
take-part = Как участвовать
events = Встречи

# Corrections
verdict = Оценка
correction-type = Вид
corrects = Исправляет
what-is-true = Как на самом деле
the-claim = Утверждение
seen-at = Где замечено
now-reads = Правильно
was-wrong = Было написано
evidence = Доказательства

# Services, meetings, notices, vacancies
time-needed = Сколько времени займёт
ways = Способы
who = Для кого
bring = Что взять с собой
hours = Часы работы
where = Где
agenda = Повестка дня
minutes = Протокол
notice-kind = Вид объявления
posted = Размещено
approved = Протокол утверждён
take-down = Снимается
kept-at = Хранится
apply-by = Подать заявку не позднее
employment = Занятость
salary = Зарплата

# What Markdown needs
md-table = Таблица
md-footnotes = Сноски
md-footnote-back = Назад к тексту
md-done = Сделано
md-open = Не сделано
md-note = Примечание
md-tip = Совет
md-important = Важно
md-warning = Предупреждение
md-caution = Опасно

# Statuses; the second text stands beside a date
status-upcoming = Предстоит
status-upcoming-date = С { $date }
status-open = Открыто
status-open-date = Последний срок: { $date }
status-closed = Закрыто
status-closed-date = Закрыто { $date }
status-decided = Решено
status-decided-date = Решено { $date }
status-appealable = Решено
status-appealable-date = Можно обжаловать не позднее { $date }
status-final = Окончательно
status-final-date = Окончательно с { $date }
status-in-force = Действует
status-in-force-date = Действует с { $date }
status-implemented = Выполнено
status-implemented-date = Выполнено { $date }
status-expired = Истекло
status-expired-date = Истекло { $date }
status-superseded = Заменено
status-superseded-date = Заменено { $date }
status-withdrawn = Отозвано
status-withdrawn-date = Отозвано { $date }
status-active = Действует сейчас
status-active-date = С { $date }
status-resolved = Отбой
status-resolved-date = Отбой { $date }
status-operational = Работает
status-operational-date = Работает с { $date }
status-maintenance = Ремонтные работы
status-maintenance-date = Ремонт с { $date }
status-degraded = Сбои
status-degraded-date = Сбои с { $date }
status-outage = Не работает
status-outage-date = Не работает с { $date }
status-planned = Запланировано
status-planned-date = Запланировано с { $date }
status-over = Завершено
status-over-date = Завершено { $date }
status-posted = Размещено
status-posted-date = Снимается { $date }
status-taken-down = Снято
status-taken-down-date = Снято { $date }
status-corrected = Исправлено
status-corrected-date = Исправлено { $date }
status-verdict-false = Утверждение ложно
status-verdict-false-date = Проверено { $date }
status-verdict-misleading = Утверждение вводит в заблуждение
status-verdict-misleading-date = Проверено { $date }
status-verdict-missing-context = Утверждение вырвано из контекста
status-verdict-missing-context-date = Проверено { $date }
status-verdict-outdated = Утверждение устарело
status-verdict-outdated-date = Проверено { $date }
status-verdict-satire = Утверждение — сатира
status-verdict-satire-date = Проверено { $date }
status-verdict-true = Утверждение верно
status-verdict-true-date = Проверено { $date }
status-own-error = Мы исправили свою ошибку
status-own-error-date = Исправлено { $date }
status-published = Опубликовано
status-published-date = Опубликовано { $date }

# Words of closed lists
word-state-operational = Работает
word-state-maintenance = Ремонтные работы
word-state-degraded = Сбои
word-state-outage = Не работает
word-category-geo = Геология
word-category-met = Погода
word-category-safety = Безопасность
word-category-security = Охрана порядка
word-category-rescue = Спасательные работы
word-category-fire = Пожар
word-category-health = Здоровье
word-category-env = Окружающая среда
word-category-transport = Транспорт
word-category-infra = Коммунальные сети
word-category-cbrne = Опасные вещества
word-category-other = Другое
word-severity-extreme = Чрезвычайная
word-severity-severe = Серьёзная
word-severity-moderate = Умеренная
word-severity-minor = Небольшая
word-severity-unknown = Неизвестна
word-urgency-immediate = Действуйте немедленно
word-urgency-expected = В течение часа
word-urgency-future = Скоро
word-urgency-past = Прошло
word-urgency-unknown = Неизвестна
word-certainty-observed = Подтверждено
word-certainty-likely = Вероятно
word-certainty-possible = Возможно
word-certainty-unlikely = Маловероятно
word-certainty-unknown = Неизвестно
word-response-shelter = Укройтесь
word-response-evacuate = Покиньте район
word-response-prepare = Подготовьтесь
word-response-execute = Следуйте указаниям
word-response-avoid = Держитесь подальше
word-response-monitor = Следите за сообщениями
word-response-assess = Оцените обстановку
word-response-allclear = Отбой
word-response-none = Не требуется
word-verdict-false = Ложь
word-verdict-misleading = Вводит в заблуждение
word-verdict-missing-context = Нет контекста
word-verdict-outdated = Устарело
word-verdict-satire = Сатира
word-verdict-true = Правда
word-type-clerical = Техническая ошибка
word-type-substantive = Ошибка по существу
word-type-retraction = Отзыв сообщения
word-ways-online = Онлайн
word-ways-phone = По телефону
word-ways-office = Лично
word-notice-kind-council-meeting = Заседание совета
word-notice-kind-minutes = Утверждённый протокол
word-notice-kind-delegated-decision = Решение по полномочию
word-notice-kind-board-meeting = Заседание комитета
word-notice-kind-other-law = Объявление по другому закону
word-vote-for = за
word-vote-against = против
word-vote-abstained = воздержались
word-vote-absent = отсутствовали
word-status-changed = Изменено
word-status-partly = Частично изменено
word-status-kept = Не изменено

# Sentences with numbers
page-number = Страница { $number }
list-count = { $count ->
    [one] { $number } запись
    [few] { $number } записи
    [many] { $number } записей
   *[other] { $number } записи
}
finished-consultations = { $count ->
    [one] Что мы услышали и сделали: { $number } завершённое обсуждение
    [few] Что мы услышали и сделали: { $number } завершённых обсуждения
    [many] Что мы услышали и сделали: { $number } завершённых обсуждений
   *[other] Что мы услышали и сделали: { $number } завершённого обсуждения
}
status-sentence = { $count ->
    [0] Все службы работают как обычно.
    [one] Сбой в работе { $number } службы.
    [few] Сбои в работе { $number } служб.
    [many] Сбои в работе { $number } служб.
   *[other] Сбои в работе { $number } службы.
}
vote-sentence = Всего мест: { $total }; за: { $for }, против: { $against }, воздержались: { $abstained }, отсутствовали: { $absent }.

# Posts: $title, $summary, $link, and $note, which says what changed
post-published =
    { $title }

    { $summary }

    { $link }
post-updated =
    Обновлено: { $title }

    { $note }

    { $link }
post-corrected =
    Исправлено: { $title }

    { $note }

    { $link }
post-superseded =
    Заменено: { $title }

    { $note }

    { $link }
post-withdrawn =
    Отозвано: { $title }

    { $note }

    { $link }
post-resolved =
    Отбой: { $title }

    { $summary }

    { $link }
post-reminder =
    Напоминание: { $title }

    { $summary }

    { $link }
post-decision-published =
    Решение: { $title }

    { $summary }

    { $link }
post-decision-updated =
    Обновлено. Решение: { $title }

    { $note }

    { $link }
post-decision-corrected =
    Исправлено. Решение: { $title }

    { $note }

    { $link }
post-decision-superseded =
    Заменено. Решение: { $title }

    { $note }

    { $link }
post-decision-withdrawn =
    Отозвано. Решение: { $title }

    { $note }

    { $link }
post-decision-resolved =
    Завершено. Решение: { $title }

    { $summary }

    { $link }
post-decision-reminder =
    Последний день для обжалования: { $date }. { $title }

    { $summary }

    { $link }
post-update-published =
    Новости службы: { $title }

    { $summary }

    { $link }
post-update-updated =
    Обновлено. Новости службы: { $title }

    { $note }

    { $link }
post-update-corrected =
    Исправлено. Новости службы: { $title }

    { $note }

    { $link }
post-update-superseded =
    Заменено. Новости службы: { $title }

    { $note }

    { $link }
post-update-withdrawn =
    Отозвано. Новости службы: { $title }

    { $note }

    { $link }
post-update-resolved =
    Завершено. Новости службы: { $title }

    { $summary }

    { $link }
post-update-reminder =
    Начало плановых работ: { $date }. { $title }

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
    Исправлено: { $title }

    { $note }

    { $link }
post-alert-superseded =
    Заменено: { $title }

    { $note }

    { $link }
post-alert-withdrawn =
    Отозвано: { $title }

    { $note }

    { $link }
post-alert-resolved =
    Отбой: { $title }

    { $summary }

    { $link }
post-consultation-published =
    Общественное обсуждение: { $title }

    { $summary }

    { $link }
post-consultation-updated =
    Обновлено. Общественное обсуждение: { $title }

    { $note }

    { $link }
post-consultation-corrected =
    Исправлено. Общественное обсуждение: { $title }

    { $note }

    { $link }
post-consultation-superseded =
    Заменено. Общественное обсуждение: { $title }

    { $note }

    { $link }
post-consultation-withdrawn =
    Отозвано. Общественное обсуждение: { $title }

    { $note }

    { $link }
post-consultation-resolved =
    Завершено. Общественное обсуждение: { $title }

    { $summary }

    { $link }
post-consultation-reminder =
    Последний срок для ответов: { $date }. { $title }

    { $summary }

    { $link }
post-correction-published =
    Исправление: { $title }

    { $summary }

    { $link }
post-correction-updated =
    Обновлено. Исправление: { $title }

    { $note }

    { $link }
post-correction-corrected =
    Исправлено. Исправление: { $title }

    { $note }

    { $link }
post-correction-superseded =
    Заменено. Исправление: { $title }

    { $note }

    { $link }
post-correction-withdrawn =
    Отозвано. Исправление: { $title }

    { $note }

    { $link }
post-correction-resolved =
    Завершено. Исправление: { $title }

    { $summary }

    { $link }
post-service-published =
    Услуга: { $title }

    { $summary }

    { $link }
post-service-updated =
    Обновлено. Услуга: { $title }

    { $note }

    { $link }
post-service-corrected =
    Исправлено. Услуга: { $title }

    { $note }

    { $link }
post-service-superseded =
    Заменено. Услуга: { $title }

    { $note }

    { $link }
post-service-withdrawn =
    Отозвано. Услуга: { $title }

    { $note }

    { $link }
post-service-resolved =
    Завершено. Услуга: { $title }

    { $summary }

    { $link }
post-meeting-published =
    Заседание: { $title }

    { $summary }

    { $link }
post-meeting-updated =
    Обновлено. Заседание: { $title }

    { $note }

    { $link }
post-meeting-corrected =
    Исправлено. Заседание: { $title }

    { $note }

    { $link }
post-meeting-superseded =
    Заменено. Заседание: { $title }

    { $note }

    { $link }
post-meeting-withdrawn =
    Отозвано. Заседание: { $title }

    { $note }

    { $link }
post-meeting-resolved =
    Завершено. Заседание: { $title }

    { $summary }

    { $link }
post-notice-published =
    Объявление: { $title }

    { $summary }

    { $link }
post-notice-updated =
    Обновлено. Объявление: { $title }

    { $note }

    { $link }
post-notice-corrected =
    Исправлено. Объявление: { $title }

    { $note }

    { $link }
post-notice-superseded =
    Заменено. Объявление: { $title }

    { $note }

    { $link }
post-notice-withdrawn =
    Отозвано. Объявление: { $title }

    { $note }

    { $link }
post-notice-resolved =
    Завершено. Объявление: { $title }

    { $summary }

    { $link }
post-vacancy-published =
    Вакансия: { $title }

    { $summary }

    { $link }
post-vacancy-updated =
    Обновлено. Вакансия: { $title }

    { $note }

    { $link }
post-vacancy-corrected =
    Исправлено. Вакансия: { $title }

    { $note }

    { $link }
post-vacancy-superseded =
    Заменено. Вакансия: { $title }

    { $note }

    { $link }
post-vacancy-withdrawn =
    Отозвано. Вакансия: { $title }

    { $note }

    { $link }
post-vacancy-resolved =
    Завершено. Вакансия: { $title }

    { $summary }

    { $link }
post-page-published =
    { $title }

    { $summary }

    { $link }
post-page-updated =
    Обновлено: { $title }

    { $note }

    { $link }
post-page-corrected =
    Исправлено: { $title }

    { $note }

    { $link }
post-page-superseded =
    Заменено: { $title }

    { $note }

    { $link }
post-page-withdrawn =
    Отозвано: { $title }

    { $note }

    { $link }
post-page-resolved =
    Завершено: { $title }

    { $summary }

    { $link }

## Pages of records
status-answered = Итоги: что сказали, что сделано
status-answered-date = Закрыто { $date }
uptime-title = Последние 90 дней
uptime-sentence = Работало как обычно { $good } из { $total } дней.
uptime-table = По дням
uptime-period = Дни
decided-by = Кто принял решение
vote-totals = Итоги голосования
vote-total = Всего мест
check-this-record = Проверьте эту запись
check-about = Число ниже вычислено из текста этой записи. Если изменится хоть одно слово, изменятся и число, и печать.
check-how = Сохраните файл и выполните команду; она должна показать то же число:
check-more = Другие способы проверки
replaces-and-replaced = Заменено, изменено, исправлено
rel-supersedes = Заменяет
rel-superseded-by = Заменено
rel-amends = Частично изменяет
rel-amended-by = Частично изменено
rel-corrects = Исправляет
rel-corrected-by = Исправлено
tell-us = Что-то неверно, чего-то не хватает или трудно понять? Напишите нам. Номер уже указан в теме письма.
feed-of-kind = Лента
situation = Обстановка
what-we-know = Что мы знаем
what-we-do-not-know = Чего мы не знаем
what-we-do = Что мы делаем
what-you-do = Что делать вам
what-not-to-do = Чего делать нельзя
who-to-call = Куда звонить
national-channel = Общенациональные предупреждения и советы:
consultation-upcoming = Ответы принимаются с
consultation-closed = Обсуждение закрылось
consultation-reading = Мы читаем ответы. Что мы услышали и что сделали, будет опубликовано на этой странице.
who-decides = Кто решает
the-question-was = Что мы спрашивали
wrong-since = Неверно с
languages-spoken = Языки
state-now = Как работает сейчас
notice-kept = Срок размещения на доске истёк. Страница остаётся как подтверждение объявления.
notice-proof = Сведения об объявлении
deciding-body = Орган
officer = Разместил
how-to-appeal-this = Как обжаловать это решение
took-part = Как можно было ответить
add-to-calendar = Добавить в календарь
status-under-way = Идёт сейчас
status-under-way-date = До { $date }
## cards
card-alt = Карточка с текстом: { $words }
## Search

search = Поиск
search-label = Искать во всём, что мы опубликовали
search-results = Результаты
search-filter = Уточнить
search-clear = Убрать все фильтры
search-by-best = Сначала самые подходящие
search-by-date = Сначала новые
search-more = Показать ещё
search-browse = Или просмотреть списки
search-no-script = Для поиска по словам нужен JavaScript. Всё также доступно через списки ниже.
search-none = Ничего не найдено. Попробуйте меньше слов или начало слова.
search-failed = Не удалось загрузить поиск. Попробуйте ещё раз или воспользуйтесь списками ниже.
search-found = { $count ->
    [one] Найдена { $number } запись
    [few] Найдено { $number } записи
    [many] Найдено { $number } записей
   *[other] Найдено { $number } записи
}

## feeds, calendars, CAP
feed-corrected = Исправлено: { $title }
feed-withdrawn = Отозвано: { $title }
feed-superseded = Заменено: { $title }
feed-superseded-by = Заменено документом: { $title }
feed-explained = Это лента новостей. Скопируйте адрес ниже в программу для чтения лент, и она будет загружать всё новое. Учётная запись и ваш адрес не нужны.
feed-to-page = К странице на сайте
cap-of-alert = Предупреждение в формате CAP
cap-of-all = Все предупреждения в формате CAP
cap-all-clear = Отбой: { $title }
cap-all-clear-about = Опасность миновала. Рекомендации больше не действуют.
calendar-works = Плановые работы

## Pages of the site
as-of = По состоянию на
show-all = Показать все
newest-page = самые новые
filtered-by = Показано
remove-filter = убрать фильтр
filter-here = Отобрать записи на первой странице списка
terms-bodies = Кто принимает решения
terms-bodies-about = Комитеты, советы и должностные лица и всё, что каждый из них опубликовал.
terms-topics = Темы
terms-topics-about = Всё, что мы опубликовали, по темам.
terms-audiences = Для кого
terms-audiences-about = Всё, что мы опубликовали, по тому, кого это касается.
terms-places = Места
terms-places-about = Всё, что мы опубликовали, по местам.
alert-level-life = Опасность для жизни
alert-level-important = Важно
alert-level-notice = К сведению
status-about = Как работает каждая служба сейчас, что запланировано и какие были сбои.
status-all = Все службы
no-disruption = Все службы работают без сбоев.
no-planned-work = Работы не запланированы.
no-past-disruption = Сбоев не зарегистрировано.
calendar-event = Встреча в рамках обсуждения
calendar-file = Файл календаря
claims-about = Утверждения, которые о нас распространяют. Сначала – что верно.
own-corrections-about = Что мы написали неверно, с какого времени и что написано теперь.
plan = Предстоящие решения
plan-about = Что предстоит решить, где ещё можно высказаться и что скоро вступит в силу.
plan-honest = Список составлен по опубликованным повесткам, обсуждениям и решениям. Того, чего ещё нет в опубликованной повестке, здесь нет.
plan-meetings = В повестке
plan-no-meetings = Предстоящие заседания не опубликованы.
plan-no-agenda = Повестка ещё не опубликована.
plan-decisions = Объявлено к решению
plan-decided = Предстоит решить
plan-speak = Вы можете высказаться
plan-effect = Решено, но ещё не действует
plan-no-effect = Нет опубликованных решений, ожидающих вступления в силу.
board-count = { $count ->
    [0] Сейчас ничего не размещено.
    [one] Сейчас размещено { $number } объявление.
    [few] Сейчас размещено { $number } объявления.
    [many] Сейчас размещено { $number } объявлений.
   *[other] Сейчас размещено { $number } объявления.
}
board-what = Это цифровая доска объявлений. Она отделена от других страниц и содержит только то, что разрешает закон.
board-law = Закон о местном самоуправлении Швеции (2017:725), глава 8, статьи 9–12
board-nothing = Под этим заголовком сейчас ничего нет.
board-taken-down = Снято
board-log = Журнал размещения
board-log-about = Когда каждое объявление размещено и когда его снимут. Снятое объявление сохраняет свою страницу.
board-log-down = Снимается с
verify = Проверить запись
verify-about = Как любой может проверить, что запись говорит то, что мы опубликовали, и чего это не доказывает.
verify-what = Что можно проверить
verify-what-text = Рядом с каждой страницей лежит файл record.json. В нём то, что говорит страница: заголовок, все поля и текст, без оформления. На странице показан отпечаток файла – его сумма SHA-256. Если изменится хоть один знак, отпечаток будет другим.
verify-count = Записей с отпечатком, каждый язык отдельно
verify-how = Как проверить
verify-step-1 = Скачайте файл записи. Ссылка – в рамке «{ check-this-record }» внизу её страницы.
verify-step-2 = Вычислите отпечаток файла программой на своём компьютере.
verify-step-3 = Сравните его с отпечатком на странице или с тем, который кто-то записал или напечатал раньше.
verify-example = Пример
verify-windows = Windows, в PowerShell
verify-same = Ответ должен быть
verify-seal = Печать
verify-seal-text = Печать – узор, нарисованный по отпечатку. Она помогает заметить, что две копии различаются. Это не доказательство: сравнивайте сам отпечаток.
verify-limits = Чего это не доказывает
verify-limits-text = Отпечаток на странице показывает, что страница и файл принадлежат друг другу. Кто мог бы изменить оба, мог бы изменить и отпечаток. Поэтому запишите или напечатайте отпечаток важной для вас записи и сравните позже.
verify-corrections = Где стоят исправления
verify-corrections-text = Изменённая запись перечисляет изменения с датами в разделе «{ changes-to-this-page }». Заменённая или отозванная запись сохраняет свою страницу и говорит об этом. Наши собственные ошибки – на странице исправлений.
home-check-title = Запись, которую можно проверить
home-check-about = У каждой записи есть отпечаток. Этот узор нарисован по отпечатку самой новой:
home-check-how = Как проверить запись
site-map = Содержание сайта
site-map-about = Все списки и все постоянные страницы в одном месте.
site-map-now = Сейчас и скоро
open-data = Открытые данные
our-accounts = Наши аккаунты
accounts-about = Здесь мы тоже сообщаем новости. Ссылки ведут на другие сайты. Действует то, что написано на этом сайте.
subscribe-how = Как это работает
subscribe-step-1 = Установите программу для чтения лент: она получает новости со многих сайтов.
subscribe-step-2 = Скопируйте адрес ленты ниже. Atom, RSS и JSON Feed содержат одно и то же; возьмите ту, которую знает ваша программа.
subscribe-step-3 = Добавьте адрес в программу. Она покажет новое, а также исправленное и отозванное.
subscribe-private = Мы не узнаём, что вы подписались, и вы можете прекратить в любое время.
everything = Всё
## Open data
open-data-about = Все записи сайта в виде данных: их можно свободно скачать без ключа и без регистрации.
data-licence = Лицензия
data-no-licence = Лицензия ещё не указана. Спросите нас, прежде чем публиковать данные снова.
data-files = Файлы
data-everything = Всё
data-everything-about = Все записи со всеми полями и связями.
data-terms = Списки
data-terms-about = Названия, стоящие за обозначениями: кто решает, темы, аудитории, места.
data-dictionary = Что означают столбцы
data-dictionary-about = Словарь всех таблиц. Описания на английском языке.
data-catalogue = Каталог
data-catalogue-about = Для порталов данных (DCAT-AP 3).
data-column = Столбец
data-holds = Содержит
data-says = Что означает
data-several = несколько, через |
data-how = Как устроены таблицы
data-how-about = Одна строка на каждую запись и язык, кодировка UTF-8, ячейки разделены запятыми. Ячейка, которую электронная таблица выполнила бы как формулу, начинается с апострофа. Списки полей стоят в ячейке в виде JSON.
data-stable = Столбцы только добавляются, после уже существующих.
data-holds-text = текст
data-holds-markdown = Markdown
data-holds-flag = да или нет
data-holds-count = целое число
data-holds-day = день
data-holds-instant = время с часовым поясом
data-holds-stamp = день или время с часовым поясом
data-holds-url = адрес
data-holds-word = одно из
data-holds-lang = язык
data-holds-json = JSON

## Открытый журнал: версии, удалённые записи, проверка
field-contact = Контакт
field-no = нет
field-other = Прочие сведения
field-reference = Номер
field-text = Текст
field-title = Заголовок
field-url = Адрес
field-yes = да
reason = Причина
reason-correction = исправлена ошибка
reason-superseded = появилось более новое
reason-court-order = так постановил суд
reason-data-protection = защита персональных данных
reason-copyright = чужие права на текст
reason-mistake = опубликовано по ошибке
act-revised = Изменено
act-erased = Удалено
version-name = Версия { $number }
version-notice = Это версия { $number }. Она больше не действует.
version-this = эта версия
version-current = К странице в нынешнем виде
version-text = Что говорила эта версия
versions-in-log = Версии в открытом журнале
diff-added = Добавлено:
diff-removed = Убрано:
diff-none = В содержании записи ничего не изменилось.
diff-show = Что изменилось
diff-between = Что изменилось: версия { $old }, версия { $new }
erased-title = Эта запись удалена
erased-about = Заголовок и текст удалены навсегда, копии здесь нет. Открытый журнал по-прежнему показывает, что запись была и когда её удалили.
erased-id = Номер в журнале
prove-about = Эта запись внесена в наш открытый журнал. Внесённое туда нельзя незаметно изменить или убрать.
prove-number = Строка журнала: { $number }.
prove-go = Проверить сейчас
prove-proof = Доказательство из журнала
prove-checkpoint = Подписанное состояние журнала
prove-pending = Этого ещё нет в открытом журнале. Оно появится там при следующей публикации сайта.
prove-failed = Проверку не удалось начать. Попробуйте ещё раз или проверьте другой программой.
prove-busy = Проверяем …
prove-good = Проверено: запись та самая, что была опубликована, и она есть в подписанном журнале.
prove-bad = Проверка не пройдена. Что-то здесь не сходится; ниже сказано, что именно.
prove-unfinished = Проверку не удалось закончить. Ничего ложного не найдено.
prove-ok-record = У файла record.json тот отпечаток, который показан на странице.
prove-ok-page = Заголовок, язык и адрес в файле те же, что у этой страницы.
prove-ok-leaf = Строка журнала относится именно к этому файлу.
prove-ok-key = Состояние журнала подписано ключом, который назван на странице.
prove-ok-in = Строка есть в подписанном журнале.
prove-ok-now = Сегодняшний журнал подписан, и всё, что в нём было тогда, осталось без изменений.
prove-fail-record = У файла record.json не тот отпечаток, который показан на странице.
prove-fail-page = Файл record.json не об этой странице: другой заголовок, язык или адрес.
prove-fail-leaf = Строка журнала относится к другому файлу.
prove-fail-key = Состояние журнала подписано не тем ключом, который назван на странице.
prove-fail-in = Этой строки нет в подписанном журнале.
prove-fail-now = Сегодняшний журнал не продолжает прежний: он изменён, укорочен или подписан кем-то другим.
prove-form = Не читается: изменено или повреждено: { $what }
prove-gone = Не удалось получить: { $what }
prove-no-key = Этот браузер не умеет проверять подписи (Ed25519). Возьмите более новый или программу promulgate verify.
prove-entry = Строка { $what }
prove-withdrawn = Журнал говорит, что это отозвано.
prove-unproven = Что не проверено
prove-now-left = Осталось ли в сегодняшнем журнале всё, что в нём было.
prove-not-others = Не показывают ли другим людям другой журнал. Для этого сохраните подписанное состояние ниже и сравните его с тем, что сохранил кто-то ещё.
prove-not-newer = Нет ли в журнале более новой версии этой записи.
prove-not-page = Говорит ли остальная страница то же, что файл record.json. Откройте файл и сравните.
prove-not-true = Правда ли то, что сказано в записи.
prove-not-script = Честна ли сама проверка: она взята с этого же сайта. Программа из другого места, например promulgate verify, ни от чего здесь не зависит.
prove-state = Проверенное подписанное состояние журнала
prove-keep = Сохранить состояние
log-title = Открытый журнал
log-what = Каждая публикация, правка, отзыв и удаление записи – это строка открытого журнала. Строки только добавляются. Каждое состояние журнала подписывается, и каждое следующее доказывает, что в нём остались все прежние строки.
log-not-text = В журнале нет ни текста, ни имён: только номер без смысла, время, действие и запечатанный отпечаток, по которому текст не угадать.
log-size = Строк
log-key = Ключ журнала
log-key-about = Сравните этот ключ с ключом на печатном объявлении или на другом нашем сайте.
log-feed = Подписанные состояния журнала
log-feed-about = Каждое подписанное состояние открытого журнала. Кто их хранит, сможет позже показать, переписывали ли журнал.
log-state = Состояние, строк: { $number }
log-whole = Проверить весь сайт
log-whole-about = Программа promulgate verify проверяет каждый файл, каждую строку и каждую запись. Ключ возьмите из объявления, а не отсюда.
log-tools = Проверить обычными средствами
log-tools-about = Команды печатают строку журнала, а затем число. То же число должно стоять в строке.
log-limits = Журнал не доказывает, что сказанное в записи – правда, и не доказывает, кто это написал. Владелец нашего ключа подписи мог бы вести второй журнал и показывать его некоторым; это обнаружат те, кто хранит подписанные состояния и сравнивает их.
log-keep = Поэтому время от времени сохраняйте подписанное состояние или следите за лентой. По старому состоянию promulgate verify покажет, изменилось ли что-нибудь до него.
