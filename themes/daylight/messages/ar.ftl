# Daylight: العربية. Every language has the same keys; a site may replace any of them in its own messages.

# The frame of every page
skip = انتقل إلى المحتوى الرئيسي
language = اللغة
main-navigation = القائمة الرئيسية
breadcrumb = أنت هنا
home = الرئيسية
follow = تابعنا
about-this-site = عن هذا الموقع
last-built = آخر تحديث للموقع
no-tracking = لا ملفات تعريف ارتباط ولا تتبّع.
updated = آخر تحديث
published = تاريخ النشر
expires = صالح حتى
undated = بلا تاريخ

# Kinds
kind-decision = قرار
kind-update = تحديث خدمة
kind-alert = تنبيه
kind-consultation = تشاور عام
kind-correction = تصحيح
kind-service = خدمة
kind-meeting = اجتماع
kind-notice = إعلان رسمي
kind-vacancy = وظيفة شاغرة
kind-page = صفحة
kinds-decision = القرارات
kinds-update = تحديثات الخدمات
kinds-alert = التنبيهات
kinds-consultation = التشاورات العامة
kinds-correction = التصحيحات
kinds-service = الخدمات
kinds-meeting = الاجتماعات
kinds-notice = لوحة الإعلانات
kinds-vacancy = الوظائف الشاغرة
kinds-page = الصفحات
nav-decision = القرارات
nav-service = الخدمات
nav-consultation = شارك برأيك
nav-correction = التصحيحات
nav-meeting = الاجتماعات
nav-notice = لوحة الإعلانات
about-decision = ما الذي تقرّر، ومن قرّره، ولماذا، وكيف يمكنك الطعن فيه.
about-update = الأعطال والأعمال المخطط لها والتغييرات في خدماتنا.
about-alert = التنبيهات السارية الآن والسابقة التي زال خطرها.
about-consultation = أسئلة يمكنك الإجابة عنها الآن، وما أدّت إليه الإجابات السابقة.
about-correction = أخطاؤنا التي صحّحناها، والادعاءات الكاذبة مع الحقائق.
about-service = جميع الخدمات مرتبة أبجديًا وحالتها الآن.
about-meeting = جدول الأعمال قبل الاجتماع والمحضر بعده.
about-notice = إعلانات يوجبها القانون. لا يُنشر هنا شيء غيرها.
about-vacancy = وظائف يمكنك التقدم إليها.
about-page = صفحات عن البلدية وعن هذا الموقع.

# Home and lists
latest-decisions = أحدث القرارات
all-decisions = جميع القرارات
all-services = جميع الخدمات
all-corrections = جميع التصحيحات
no-open-consultation = لا يوجد تشاور مفتوح الآن.
services-now = حالة الخدمات الآن
checked = وقت التحقق
put-right = ما صُحِّح
own-corrections = صحّحنا نصًّا لنا
false-claims = ادعاءات وحقائق
nothing-here = لا شيء هنا بعد.
pages = الصفحات
newer = الأحدث
older = الأقدم
previous = السابق
next = التالي
neighbours = السابق والتالي
feed-of-list = خلاصة هذه القائمة
feed-of-everything = خلاصة كل شيء
by-kind = حسب النوع
by-year = حسب السنة
by-body = حسب الجهة
by-topic = حسب الموضوع
by-place = حسب المكان
by-audience = حسب الفئة
group-alert-active = سارية الآن
group-consultation-open = مفتوحة للإجابة
group-consultation-upcoming = تُفتح قريبًا
group-meeting-upcoming = اجتماعات قادمة
group-notice-posted = معلنة الآن
group-vacancy-open = مفتوحة للتقديم
group-update-outage = انقطاعات الآن
group-update-degraded = اضطرابات الآن
group-update-maintenance = أعمال جارية
group-update-planned = أعمال مخطط لها
disturbed-now = اضطرابات الآن
planned-work = أعمال مخطط لها وجارية
over-now = انتهى
board-appeal = يمكن الطعن في قرار البلدية أمام المحكمة الإدارية. يجب أن يصل الطعن خلال ثلاثة أسابيع من يوم إعلان المحضر هنا.
calendar = التقويم
calendar-about = الاجتماعات والمواعيد الأخيرة: للإجابة والتقديم والطعن.
calendar-meeting = اجتماع
calendar-closes = آخر يوم للإجابة
calendar-opens = يُفتح التشاور
calendar-apply = آخر يوم للتقديم
calendar-appeal = آخر يوم للطعن
past-meetings = اجتماعات سابقة
subscribe = اشترك
subscribe-about = اختر ما تريد متابعته. يجلب قارئ الخلاصات الأخبار؛ لا تحتاج إلى حساب ولا تترك عنوانك.
not-found = لم يُعثر على الصفحة
not-found-about = قد يكون العنوان مكتوبًا خطأً أو انتقلت الصفحة. لا شيء يُحذف بصمت: تبقى للسجلات المسحوبة صفحاتها.
to-home = إلى الصفحة الرئيسية

# A record
in-plain-language = بلغة بسيطة
key-facts = حقائق أساسية
on-this-page = في هذه الصفحة
case = ملف
responsible = الجهة المسؤولة
areas = المناطق
topics = المواضيع
audiences = الفئات المعنية
documents = الوثائق
withheld = محجوب
timeline = التسلسل الزمني
still-ahead = لم يحن بعد
changes-to-this-page = التغييرات في هذه الصفحة
first-published = نُشر لأول مرة.
corrected = صُحِّح
superseded = استُبدل
related = انظر أيضًا
decisions-after = قرارات تلت ذلك
decided-here = ما تقرّر هنا
decision-taken = قرار
where-announced = أين أعلنّا ذلك
leaves-site = تقود الروابط إلى مواقع أخرى.
follow-and-ask = تابع واسأل
ask-or-report = اسأل أو أبلغ عن خطأ
notice-withdrawn = سُحب هذا السجل.
notice-stale = هذه الترجمة أقدم من الأصل. الأصل هو المعتمد:
notice-superseded = حلّ محلّه قرار أحدث:
notice-amended = عُدّل جزئيًا بموجب:
notice-corrected = صُحِّحت هذه الصفحة:
notice-supersedes = يحلّ هذا محلّ:
notice-amends = يعدّل هذا جزئيًا:
notice-corrects = يصحّح هذا:

# Decisions
what-was-decided = ما الذي تقرّر
why = لماذا
cost = التكلفة
options = الخيارات التي دُرست
chosen = اختير
not-chosen = لم يُختر
pros = المزايا
cons = العيوب
why-chosen = لماذا اختير
why-not-chosen = لماذا لم يُختر
how-they-voted = كيف صوّتوا
vote-for = مع
vote-against = ضد
vote-abstained = امتنعوا
vote-absent = غائبون
vote-filled = نقاط ممتلئة
vote-rings = حلقات
vote-dots = نقاط صغيرة
vote-roll = الأصوات حسب الحزب أو المقعد
vote-who = الحزب أو المقعد
vote-how = الصوت
seats = المقاعد
interests = تضارب المصالح المعلن
none-declared = لم يُعلن شيء.
left-room = غادر القاعة.
dispensation = استثناء
reservations = التحفظات
legal-basis = الأساس القانوني
how-to-appeal = كيف تطعن في القرار
appeal-by = آخر موعد للطعن
appeal-must-arrive = يجب أن يصل طعنك في موعد لا يتجاوز هذا التاريخ.
appeal-to = جهة تقديم الطعن
decided-on = تاريخ القرار
decision-makers = متخذو القرار
announced-on-board = أُعلن على اللوحة
in-force-from = تاريخ بدء السريان
valid-until = سارٍ حتى
implemented-on = نُفّذ
last-day-to-appeal = آخر يوم للطعن
partly-published = لا يُنشر جزء من هذا السجل.

# Alerts and updates
what-to-do-now = ما الذي يجب فعله الآن
what-applied = ما كان مطلوبًا
questions = أسئلة؟ اتصل على الرقم
next-update = التحديث التالي
all-clear = زال الخطر
updates = التحديثات
severity = الخطورة
urgency = الاستعجال
certainty = درجة اليقين
category = الفئة
response = الاستجابة
effective = تاريخ بدء السريان
onset = البداية
coordinates = الإحداثيات
state = الحالة
starts = البداية
ends = النهاية

# Consultations
opens = يُفتح
closes = يُغلق
who-may-answer = من يمكنه الإجابة
answer-by = آخر موعد للإجابة
what-we-heard = ما سمعناه وما فعلناه
you-said = قلتم
we-did = فعلنا
result = النتيجة
the-question = السؤال
take-part = شارك
events = الفعاليات

# Corrections
verdict = الحكم
correction-type = النوع
corrects = يصحّح
what-is-true = الحقيقة
the-claim = الادعاء
seen-at = شوهد في
now-reads = الصحيح
was-wrong = ما كان مكتوبًا
evidence = الأدلة

# Services, meetings, notices, vacancies
time-needed = المدة
ways = الطرق
who = لمن
bring = ما تحتاج إحضاره
hours = أوقات العمل
where = المكان
agenda = جدول الأعمال
minutes = المحضر
notice-kind = نوع الإعلان
posted = تاريخ الإعلان
approved = اعتُمد المحضر
take-down = تاريخ الإزالة
kept-at = مكان الحفظ
apply-by = آخر موعد للتقديم
employment = نوع العمل
salary = الراتب

# What Markdown needs
md-table = جدول
md-footnotes = الحواشي
md-footnote-back = العودة إلى النص
md-done = تم
md-open = لم يتم
md-note = ملاحظة
md-tip = نصيحة
md-important = مهم
md-warning = تحذير
md-caution = خطر

# Statuses; the second text stands beside a date
status-upcoming = قادم
status-upcoming-date = يبدأ في { $date }
status-open = مفتوح
status-open-date = مفتوح حتى { $date }
status-closed = مغلق
status-closed-date = أُغلق في { $date }
status-decided = تقرّر
status-decided-date = تقرّر في { $date }
status-appealable = تقرّر
status-appealable-date = يمكن الطعن فيه حتى { $date }
status-final = نهائي
status-final-date = نهائي منذ { $date }
status-in-force = سارٍ
status-in-force-date = سارٍ منذ { $date }
status-implemented = نُفّذ
status-implemented-date = نُفّذ في { $date }
status-expired = انتهت المدة
status-expired-date = انتهى في { $date }
status-superseded = استُبدل
status-superseded-date = استُبدل في { $date }
status-withdrawn = مسحوب
status-withdrawn-date = سُحب في { $date }
status-active = سارٍ الآن
status-active-date = منذ { $date }
status-resolved = زال الخطر
status-resolved-date = زال الخطر في { $date }
status-operational = تعمل كالمعتاد
status-operational-date = تعمل كالمعتاد منذ { $date }
status-maintenance = صيانة
status-maintenance-date = صيانة منذ { $date }
status-degraded = مضطربة
status-degraded-date = مضطربة منذ { $date }
status-outage = متوقفة
status-outage-date = متوقفة منذ { $date }
status-planned = مخطط له
status-planned-date = يبدأ حسب الخطة في { $date }
status-over = انتهى
status-over-date = انتهى في { $date }
status-posted = معلن
status-posted-date = يُزال في { $date }
status-taken-down = أُزيل
status-taken-down-date = أُزيل في { $date }
status-corrected = صُحِّح
status-corrected-date = صُحِّح في { $date }
status-verdict-false = الادعاء كاذب
status-verdict-false-date = تحققنا في { $date }
status-verdict-misleading = الادعاء مضلل
status-verdict-misleading-date = تحققنا في { $date }
status-verdict-missing-context = الادعاء ينقصه السياق
status-verdict-missing-context-date = تحققنا في { $date }
status-verdict-outdated = الادعاء قديم
status-verdict-outdated-date = تحققنا في { $date }
status-verdict-satire = الادعاء سخرية
status-verdict-satire-date = تحققنا في { $date }
status-verdict-true = الادعاء صحيح
status-verdict-true-date = تحققنا في { $date }
status-own-error = صحّحنا خطأنا
status-own-error-date = صُحِّح في { $date }
status-published = منشور
status-published-date = نُشر في { $date }

# Words of closed lists
word-state-operational = تعمل كالمعتاد
word-state-maintenance = صيانة
word-state-degraded = مضطربة
word-state-outage = متوقفة
word-category-geo = جيولوجيا
word-category-met = طقس
word-category-safety = سلامة عامة
word-category-security = أمن
word-category-rescue = إنقاذ
word-category-fire = حريق
word-category-health = صحة
word-category-env = بيئة
word-category-transport = نقل
word-category-infra = مرافق
word-category-cbrne = مواد خطرة
word-category-other = أخرى
word-severity-extreme = بالغة الخطورة
word-severity-severe = خطيرة
word-severity-moderate = متوسطة
word-severity-minor = طفيفة
word-severity-unknown = غير معروفة
word-urgency-immediate = تصرّف فورًا
word-urgency-expected = خلال ساعة
word-urgency-future = قريبًا
word-urgency-past = انتهى
word-urgency-unknown = غير معروف
word-certainty-observed = مؤكد
word-certainty-likely = مرجّح
word-certainty-possible = ممكن
word-certainty-unlikely = غير مرجّح
word-certainty-unknown = غير معروف
word-response-shelter = احتموا
word-response-evacuate = غادروا المنطقة
word-response-prepare = استعدوا
word-response-execute = اتبعوا الإرشادات
word-response-avoid = ابتعدوا
word-response-monitor = تابعوا المعلومات
word-response-assess = قيّموا الوضع
word-response-allclear = زال الخطر
word-response-none = لا شيء
word-verdict-false = كاذب
word-verdict-misleading = مضلل
word-verdict-missing-context = ينقصه السياق
word-verdict-outdated = قديم
word-verdict-satire = سخرية
word-verdict-true = صحيح
word-type-clerical = خطأ كتابي
word-type-substantive = خطأ جوهري
word-type-retraction = سحب
word-ways-online = عبر الإنترنت
word-ways-phone = بالهاتف
word-ways-office = حضوريًا
word-notice-kind-council-meeting = اجتماع المجلس
word-notice-kind-minutes = محضر معتمد
word-notice-kind-delegated-decision = قرار بالتفويض
word-notice-kind-board-meeting = اجتماع اللجنة
word-notice-kind-other-law = إعلان بموجب قانون آخر
word-vote-for = مع
word-vote-against = ضد
word-vote-abstained = امتنعوا
word-vote-absent = غائبون
word-status-changed = تغيّر
word-status-partly = تغيّر جزئيًا
word-status-kept = لم يتغير

# Sentences with numbers
page-number = الصفحة { $number }
list-count = { $count ->
    [zero] لا سجلات
    [one] سجل واحد
    [two] سجلان
    [few] { $number } سجلات
    [many] { $number } سجلًا
   *[other] { $number } سجل
}
finished-consultations = { $count ->
    [zero] ما سمعناه وما فعلناه
    [one] ما سمعناه وما فعلناه: تشاور واحد منتهٍ
    [two] ما سمعناه وما فعلناه: تشاوران منتهيان
    [few] ما سمعناه وما فعلناه: { $number } تشاورات منتهية
    [many] ما سمعناه وما فعلناه: { $number } تشاورًا منتهيًا
   *[other] ما سمعناه وما فعلناه: { $number } تشاور منتهٍ
}
status-sentence = { $count ->
    [zero] جميع الخدمات تعمل كالمعتاد.
    [one] خدمة واحدة مضطربة.
    [two] خدمتان مضطربتان.
    [few] { $number } خدمات مضطربة.
    [many] { $number } خدمة مضطربة.
   *[other] { $number } خدمة مضطربة.
}
vote-sentence = عدد المقاعد: { $total }؛ مع: { $for }، ضد: { $against }، امتنعوا: { $abstained }، غائبون: { $absent }.

# Posts: $title, $summary, $link, and $note, which says what changed
post-published =
    { $title }

    { $summary }

    { $link }
post-updated =
    تحديث: { $title }

    { $note }

    { $link }
post-corrected =
    تصحيح: { $title }

    { $note }

    { $link }
post-superseded =
    استُبدل: { $title }

    { $note }

    { $link }
post-withdrawn =
    سُحب: { $title }

    { $note }

    { $link }
post-resolved =
    زال الخطر: { $title }

    { $summary }

    { $link }
post-reminder =
    تذكير: { $title }

    { $summary }

    { $link }
post-decision-published =
    قرار: { $title }

    { $summary }

    { $link }
post-decision-updated =
    تحديث. قرار: { $title }

    { $note }

    { $link }
post-decision-corrected =
    تصحيح. قرار: { $title }

    { $note }

    { $link }
post-decision-superseded =
    استُبدل. قرار: { $title }

    { $note }

    { $link }
post-decision-withdrawn =
    سُحب. قرار: { $title }

    { $note }

    { $link }
post-decision-resolved =
    انتهى. قرار: { $title }

    { $summary }

    { $link }
post-decision-reminder =
    آخر يوم للطعن: { $date }. { $title }

    { $summary }

    { $link }
post-update-published =
    تحديث خدمة: { $title }

    { $summary }

    { $link }
post-update-updated =
    تحديث. تحديث خدمة: { $title }

    { $note }

    { $link }
post-update-corrected =
    تصحيح. تحديث خدمة: { $title }

    { $note }

    { $link }
post-update-superseded =
    استُبدل. تحديث خدمة: { $title }

    { $note }

    { $link }
post-update-withdrawn =
    سُحب. تحديث خدمة: { $title }

    { $note }

    { $link }
post-update-resolved =
    انتهى. تحديث خدمة: { $title }

    { $summary }

    { $link }
post-update-reminder =
    بدء الأعمال المخطط لها: { $date }. { $title }

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
    تصحيح: { $title }

    { $note }

    { $link }
post-alert-superseded =
    استُبدل: { $title }

    { $note }

    { $link }
post-alert-withdrawn =
    سُحب: { $title }

    { $note }

    { $link }
post-alert-resolved =
    زال الخطر: { $title }

    { $summary }

    { $link }
post-consultation-published =
    تشاور عام: { $title }

    { $summary }

    { $link }
post-consultation-updated =
    تحديث. تشاور عام: { $title }

    { $note }

    { $link }
post-consultation-corrected =
    تصحيح. تشاور عام: { $title }

    { $note }

    { $link }
post-consultation-superseded =
    استُبدل. تشاور عام: { $title }

    { $note }

    { $link }
post-consultation-withdrawn =
    سُحب. تشاور عام: { $title }

    { $note }

    { $link }
post-consultation-resolved =
    انتهى. تشاور عام: { $title }

    { $summary }

    { $link }
post-consultation-reminder =
    آخر موعد للرد: { $date }. { $title }

    { $summary }

    { $link }
post-correction-published =
    تصحيح: { $title }

    { $summary }

    { $link }
post-correction-updated =
    تحديث. تصحيح: { $title }

    { $note }

    { $link }
post-correction-corrected =
    تصحيح. تصحيح: { $title }

    { $note }

    { $link }
post-correction-superseded =
    استُبدل. تصحيح: { $title }

    { $note }

    { $link }
post-correction-withdrawn =
    سُحب. تصحيح: { $title }

    { $note }

    { $link }
post-correction-resolved =
    انتهى. تصحيح: { $title }

    { $summary }

    { $link }
post-service-published =
    خدمة: { $title }

    { $summary }

    { $link }
post-service-updated =
    تحديث. خدمة: { $title }

    { $note }

    { $link }
post-service-corrected =
    تصحيح. خدمة: { $title }

    { $note }

    { $link }
post-service-superseded =
    استُبدل. خدمة: { $title }

    { $note }

    { $link }
post-service-withdrawn =
    سُحب. خدمة: { $title }

    { $note }

    { $link }
post-service-resolved =
    انتهى. خدمة: { $title }

    { $summary }

    { $link }
post-meeting-published =
    اجتماع: { $title }

    { $summary }

    { $link }
post-meeting-updated =
    تحديث. اجتماع: { $title }

    { $note }

    { $link }
post-meeting-corrected =
    تصحيح. اجتماع: { $title }

    { $note }

    { $link }
post-meeting-superseded =
    استُبدل. اجتماع: { $title }

    { $note }

    { $link }
post-meeting-withdrawn =
    سُحب. اجتماع: { $title }

    { $note }

    { $link }
post-meeting-resolved =
    انتهى. اجتماع: { $title }

    { $summary }

    { $link }
post-notice-published =
    إعلان رسمي: { $title }

    { $summary }

    { $link }
post-notice-updated =
    تحديث. إعلان رسمي: { $title }

    { $note }

    { $link }
post-notice-corrected =
    تصحيح. إعلان رسمي: { $title }

    { $note }

    { $link }
post-notice-superseded =
    استُبدل. إعلان رسمي: { $title }

    { $note }

    { $link }
post-notice-withdrawn =
    سُحب. إعلان رسمي: { $title }

    { $note }

    { $link }
post-notice-resolved =
    انتهى. إعلان رسمي: { $title }

    { $summary }

    { $link }
post-vacancy-published =
    وظيفة شاغرة: { $title }

    { $summary }

    { $link }
post-vacancy-updated =
    تحديث. وظيفة شاغرة: { $title }

    { $note }

    { $link }
post-vacancy-corrected =
    تصحيح. وظيفة شاغرة: { $title }

    { $note }

    { $link }
post-vacancy-superseded =
    استُبدل. وظيفة شاغرة: { $title }

    { $note }

    { $link }
post-vacancy-withdrawn =
    سُحب. وظيفة شاغرة: { $title }

    { $note }

    { $link }
post-vacancy-resolved =
    انتهى. وظيفة شاغرة: { $title }

    { $summary }

    { $link }
post-page-published =
    { $title }

    { $summary }

    { $link }
post-page-updated =
    تحديث: { $title }

    { $note }

    { $link }
post-page-corrected =
    تصحيح: { $title }

    { $note }

    { $link }
post-page-superseded =
    استُبدل: { $title }

    { $note }

    { $link }
post-page-withdrawn =
    سُحب: { $title }

    { $note }

    { $link }
post-page-resolved =
    انتهى: { $title }

    { $summary }

    { $link }

## Pages of records
status-answered = ما سمعناه وما فعلناه
status-answered-date = أُغلق في { $date }
uptime-title = آخر 90 يومًا
uptime-sentence = عملت كالمعتاد { $good } من { $total } يومًا.
uptime-table = يومًا بيوم
uptime-period = الأيام
decided-by = اتخذ القرار
vote-totals = مجموع الأصوات
vote-total = كل المقاعد
check-this-record = تحقَّق من هذا السجل
check-about = الرقم أدناه محسوب من نص هذا السجل. إذا تغيّرت كلمة واحدة تغيّر الرقم والختم معًا.
check-how = احفظ الملف ونفّذ هذا الأمر، ويجب أن يعطي الرقم نفسه:
check-more = طرق أخرى للتحقق
replaces-and-replaced = ما استُبدل وعُدّل وصُحِّح
rel-supersedes = يحل محل
rel-superseded-by = حل محله
rel-amends = يعدّل جزئيًا
rel-amended-by = عدّله جزئيًا
rel-corrects = يصحّح
rel-corrected-by = صحّحه
tell-us = هل هناك خطأ أو نقص أو شيء يصعب فهمه؟ أخبرنا. الرقم مكتوب مسبقًا في عنوان الرسالة.
feed-of-kind = خلاصة
situation = الوضع
what-we-know = ما نعرفه
what-we-do-not-know = ما لا نعرفه
what-we-do = ما نفعله
what-you-do = ما عليك فعله
what-not-to-do = ما يجب ألا تفعله
who-to-call = بمن تتصل
national-channel = التحذيرات والنصائح على مستوى البلاد:
consultation-upcoming = يمكنك الإجابة ابتداءً من
consultation-closed = أُغلق هذا التشاور في
consultation-reading = نقرأ الإجابات. سيُنشر ما سمعناه وما فعلناه في هذه الصفحة.
who-decides = من يقرر
the-question-was = ما سألنا عنه
wrong-since = خطأ منذ
languages-spoken = اللغات
state-now = كيف تعمل الآن
notice-kept = انتهت مدة النشر على اللوحة. تبقى الصفحة دليلًا على ما أُعلن.
notice-proof = بيانات الإعلان
deciding-body = الجهة
officer = نشره
how-to-appeal-this = كيفية الطعن في هذا القرار
took-part = كيف أمكن الناس الإجابة
add-to-calendar = أضِف إلى تقويمك
status-under-way = جارٍ الآن
status-under-way-date = حتى { $date }
## cards
card-alt = بطاقة كُتب عليها: { $words }
## Search

search = بحث
search-label = ابحث في كل ما نشرناه
search-results = النتائج
search-filter = تضييق النتائج
search-clear = إزالة كل المرشحات
search-by-best = الأنسب أولاً
search-by-date = الأحدث أولاً
search-more = عرض المزيد
search-browse = أو تصفّح القوائم
search-no-script = يحتاج البحث بالكلمات إلى JavaScript. ويمكن الوصول إلى كل شيء عبر القوائم أدناه.
search-none = لم يُعثر على شيء. جرّب كلمات أقل أو بداية كلمة.
search-failed = تعذّر تحميل البحث. حاول مجدداً أو استخدم القوائم أدناه.
search-found = { $count ->
    [zero] لا توجد سجلات
    [one] سجل واحد
    [two] سجلان
    [few] { $number } سجلات
    [many] { $number } سجلًا
   *[other] { $number } سجل
}

## feeds, calendars, CAP
feed-corrected = تصحيح: { $title }
feed-withdrawn = سُحب: { $title }
feed-superseded = استُبدل: { $title }
feed-superseded-by = حلّ محله: { $title }
feed-explained = هذه خلاصة أخبار. انسخ العنوان أدناه إلى برنامج قراءة الخلاصات فيجلب لك كل جديد. لا تحتاج إلى حساب ولا تترك عنوانًا.
feed-to-page = إلى الصفحة على الموقع
cap-of-alert = تنبيه بصيغة CAP
cap-of-all = جميع التنبيهات بصيغة CAP
cap-all-clear = زال الخطر: { $title }
cap-all-clear-about = زال الخطر ولم تعد الإرشادات سارية.
calendar-works = أعمال مخطط لها

## Pages of the site
as-of = الوضع في
show-all = عرض الكل
newest-page = الأحدث
filtered-by = المعروض هنا
remove-filter = إزالة المرشح
filter-here = تصفية القائمة في صفحتها الأولى
terms-bodies = أصحاب القرار
terms-bodies-about = اللجان والمجالس والمسؤولون وكل ما نشره كل منهم.
terms-topics = المواضيع
terms-topics-about = كل ما نشرناه بحسب موضوعه.
terms-audiences = لمن
terms-audiences-about = كل ما نشرناه بحسب من يعنيه.
terms-places = الأماكن
terms-places-about = كل ما نشرناه بحسب المكان الذي يعنيه.
alert-level-life = خطر على الحياة
alert-level-important = مهم
alert-level-notice = للعلم
status-about = كيف تعمل كل خدمة الآن، وما هو مخطط، وما تعطل من قبل.
status-all = كل الخدمات
no-disruption = لا توجد خدمة متعطلة.
no-planned-work = لا توجد أعمال مخططة.
no-past-disruption = لا يوجد تعطل مسجل.
calendar-event = لقاء ضمن تشاور
calendar-file = ملف التقويم
claims-about = أقوال انتشرت عنا. الصحيح مكتوب أولًا.
own-corrections-about = ما كتبناه خطأ، ومنذ متى، وما هو مكتوب الآن.
plan = قرارات قادمة
plan-about = ما سيُقرَّر، وأين يمكنك إبداء رأيك بعد، وما سيسري قريبًا.
plan-honest = أُعدت القائمة من جداول أعمال وتشاورات وقرارات منشورة. وما ليس في جدول أعمال منشور بعد ليس هنا.
plan-meetings = على جدول الأعمال
plan-no-meetings = لم يُنشر أي اجتماع قادم.
plan-no-agenda = لم يُنشر جدول الأعمال بعد.
plan-decisions = معلن للبت فيه
plan-decided = سيُقرَّر
plan-speak = يمكنك إبداء رأيك
plan-effect = تقرر ولم يسرِ بعد
plan-no-effect = لا يوجد قرار منشور ينتظر السريان.
board-count = { $count ->
    [0] لا شيء معلق الآن.
    [one] إعلان واحد معلق الآن.
    [two] إعلانان معلقان الآن.
    [few] { $number } إعلانات معلقة الآن.
    [many] { $number } إعلانًا معلقًا الآن.
   *[other] { $number } إعلان معلق الآن.
}
board-what = هذه لوحة الإعلانات الرقمية. وهي منفصلة عن صفحاتنا الأخرى ولا تضم إلا ما يسمح به القانون.
board-law = قانون الحكم المحلي السويدي (2017:725)، الفصل 8، المواد 9–12
board-nothing = لا شيء معلق تحت هذا العنوان الآن.
board-taken-down = أُزيل
board-log = سجل التعليق
board-log-about = متى عُلق كل إعلان ومتى يُزال. والإعلان الذي أُزيل تبقى صفحته.
board-log-down = يُزال من
verify = تحقق من سجل
verify-about = كيف يمكن لأي شخص أن يتحقق من أن السجل يقول ما نشرناه، وما الذي لا يثبته ذلك.
verify-what = ما الذي يمكن التحقق منه
verify-what-text = بجانب كل صفحة ملف اسمه record.json. وفيه ما تقوله الصفحة: العنوان وكل الحقول والنص، دون التصميم. وتعرض الصفحة بصمة الملف، وهي مجموع SHA-256. وإذا تغير حرف واحد في الملف تغيرت البصمة.
verify-count = سجلات لها بصمة، وكل لغة محسوبة
verify-how = كيف تتحقق
verify-step-1 = نزّل ملف السجل. الرابط في إطار «{ check-this-record }» أسفل صفحته.
verify-step-2 = احسب بصمة الملف ببرنامج على حاسوبك.
verify-step-3 = قارنها بالبصمة التي في الصفحة، أو ببصمة دوّنها أحد أو طبعها من قبل.
verify-example = مثال
verify-windows = ويندوز، في PowerShell
verify-same = يجب أن يكون الجواب
verify-seal = الختم
verify-seal-text = الختم نقش مرسوم من البصمة. وهو يساعدك على ملاحظة اختلاف نسختين. وليس دليلًا: قارن البصمة نفسها.
verify-limits = ما الذي لا يثبته هذا
verify-limits-text = البصمة في الصفحة تبين أن الصفحة والملف متطابقان. ومن استطاع تغيير الاثنين استطاع تغيير البصمة أيضًا. لذلك دوّن بصمة السجل الذي يهمك أو اطبعها وقارنها لاحقًا.
verify-corrections = أين توجد التصحيحات
verify-corrections-text = السجل الذي تغير يسرد تغييراته بتواريخها تحت «{ changes-to-this-page }». والسجل الذي استُبدل أو سُحب تبقى صفحته وتقول ذلك. وأخطاؤنا نحن في صفحة التصحيحات.
home-check-title = سجل يمكنك التحقق منه
home-check-about = لكل سجل بصمة. وهذا النقش مرسوم من بصمة الأحدث:
home-check-how = كيف تتحقق من سجل
site-map = محتويات الموقع
site-map-about = كل القوائم وكل الصفحات الثابتة في مكان واحد.
site-map-now = الآن وقريبًا
open-data = بيانات مفتوحة
our-accounts = حساباتنا
accounts-about = ننشر الأخبار هنا أيضًا. الروابط تخرج من هذا الموقع. والمعتمد هو ما في هذا الموقع.
subscribe-how = كيف يعمل ذلك
subscribe-step-1 = ثبّت قارئ خلاصات: برنامج يجلب الأخبار من مواقع كثيرة.
subscribe-step-2 = انسخ عنوان خلاصة من الأسفل. محتوى Atom وRSS وJSON Feed واحد؛ خذ ما يعرفه برنامجك.
subscribe-step-3 = أضف العنوان في البرنامج. وسيعرض الجديد وما صُحح أو سُحب.
subscribe-private = لا نعلم أنك مشترك، ويمكنك التوقف متى شئت.
everything = كل شيء
## Open data
open-data-about = كل سجلات هذا الموقع كبيانات: يمكن تنزيلها مجانًا دون مفتاح ودون حساب.
data-licence = الترخيص
data-no-licence = لم يُحدَّد ترخيص بعد. اسألنا قبل أن تعيد نشر البيانات.
data-files = الملفات
data-everything = كل شيء
data-everything-about = كل السجلات بجميع حقولها وعلاقاتها.
data-terms = القوائم
data-terms-about = الأسماء التي تقابل الرموز: متخذو القرار والمواضيع والجمهور والأماكن.
data-dictionary = معنى الأعمدة
data-dictionary-about = قاموس جميع الجداول. الأوصاف باللغة الإنجليزية.
data-catalogue = الفهرس
data-catalogue-about = لبوابات البيانات (DCAT-AP 3).
data-column = العمود
data-holds = المحتوى
data-says = المعنى
data-several = عدة قيم يفصل بينها |
data-how = كيف كُتبت الجداول
data-how-about = صف لكل سجل ولغة، بترميز UTF-8، وبين الخلايا فواصل. الخلية التي قد ينفذها برنامج الجداول كصيغة تبدأ بفاصلة علوية. قوائم الحقول مكتوبة في الخلية بصيغة JSON.
data-stable = لا تُضاف الأعمدة إلا بعد الأعمدة الموجودة.
data-holds-text = نص
data-holds-markdown = Markdown
data-holds-flag = نعم أو لا
data-holds-count = عدد صحيح
data-holds-day = يوم
data-holds-instant = وقت مع فرق التوقيت
data-holds-stamp = يوم، أو وقت مع فرق التوقيت
data-holds-url = عنوان
data-holds-word = واحد من
data-holds-lang = لغة
data-holds-json = JSON

## السجل العلني: النسخ والسجلات الممحوة والتحقق
field-contact = جهة الاتصال
field-no = لا
field-other = تفاصيل أخرى
field-reference = الرقم
field-text = النص
field-title = العنوان
field-url = عنوان الصفحة
field-yes = نعم
reason = السبب
reason-correction = صُحِّح خطأ
reason-superseded = حلّ محله ما هو أحدث
reason-court-order = أمرت به محكمة
reason-data-protection = حماية البيانات الشخصية
reason-copyright = حقوق غيرنا في النص
reason-mistake = نُشر بالخطأ
act-revised = عُدِّل
act-erased = مُحي
version-name = النسخة { $number }
version-notice = هذه هي النسخة { $number }. ولم تعد سارية.
version-this = هذه النسخة
version-current = إلى الصفحة كما هي الآن
version-text = ما قالته هذه النسخة
versions-in-log = النسخ في الدفتر العلني
diff-added = أُضيف:
diff-removed = حُذف:
diff-none = لم يتغير شيء مما يقوله السجل.
diff-show = ما الذي تغير
diff-between = ما الذي تغير من النسخة { $old } إلى النسخة { $new }
erased-title = مُحي هذا السجل
erased-about = أُزيل عنوانه ونصه نهائيًا، ولا تُحفظ هنا نسخة منه. ولا يزال الدفتر العلني يبين أنه كان هناك سجل ومتى مُحي.
erased-id = الرقم في الدفتر
prove-about = هذا السجل مقيَّد في دفترنا العلني. وما قُيِّد فيه لا يمكن تغييره أو حذفه دون أثر.
prove-number = وهو القيد { $number }.
prove-go = تحقق الآن
prove-proof = إثبات من الدفتر
prove-checkpoint = حالة الدفتر الموقَّعة
prove-pending = لم يُقيَّد هذا في الدفتر العلني بعد. وسيُقيَّد عند نشر الموقع في المرة القادمة.
prove-failed = تعذّر بدء التحقق. حاول مرة أخرى أو تحقق ببرنامج آخر.
prove-busy = جارٍ التحقق …
prove-good = تم التحقق: هذا السجل هو ما نُشر، وهو في الدفتر الموقَّع.
prove-bad = فشل التحقق. شيء ما هنا غير متطابق، وأدناه بيانه.
prove-unfinished = تعذّر إتمام التحقق. ولم يُعثر على شيء كاذب.
prove-ok-record = الملف record.json له البصمة التي تعرضها هذه الصفحة.
prove-ok-page = العنوان واللغة وعنوان الصفحة في الملف هي لهذه الصفحة.
prove-ok-leaf = القيد في الدفتر يخص هذا الملف بعينه.
prove-ok-key = حالة الدفتر موقَّعة بالمفتاح الذي تذكره هذه الصفحة.
prove-ok-in = القيد موجود في الدفتر الموقَّع.
prove-ok-now = دفتر اليوم موقَّع، وكل ما كان فيه آنذاك باقٍ دون تغيير.
prove-fail-record = الملف record.json ليست له البصمة التي تعرضها هذه الصفحة.
prove-fail-page = الملف record.json لا يخص هذه الصفحة: العنوان أو اللغة أو عنوان الصفحة مختلف.
prove-fail-leaf = القيد في الدفتر يخص ملفًا آخر.
prove-fail-key = حالة الدفتر غير موقَّعة بالمفتاح الذي تذكره هذه الصفحة.
prove-fail-in = القيد غير موجود في الدفتر الموقَّع.
prove-fail-now = دفتر اليوم ليس امتدادًا للسابق: غُيِّر أو قُصِّر أو وقّعه غيرنا.
prove-form = تتعذر قراءته لأنه غُيِّر أو تلف: { $what }
prove-gone = تعذّر جلبه: { $what }
prove-no-key = هذا المتصفح لا يستطيع التحقق من التواقيع (Ed25519). استخدم متصفحًا أحدث، أو البرنامج promulgate verify.
prove-entry = القيد { $what }
prove-withdrawn = يقول الدفتر إن هذا قد سُحب.
prove-unproven = ما الذي لم يُتحقق منه
prove-now-left = هل لا يزال دفتر اليوم يضم كل ما كان فيه.
prove-not-others = هل يُعرض على غيرك دفتر آخر. لذلك احفظ الحالة الموقَّعة أدناه وقارنها بحالة حفظها شخص آخر.
prove-not-newer = هل في الدفتر نسخة أحدث من هذا السجل.
prove-not-page = هل يقول باقي الصفحة ما يقوله الملف record.json نفسه. افتح الملف وقارن.
prove-not-true = هل ما يقوله السجل صحيح.
prove-not-script = هل هذا التحقق نفسه أمين: فهو من الموقع ذاته. وبرنامج من مكان آخر، مثل promulgate verify، لا يعتمد على شيء هنا.
prove-state = حالة الدفتر الموقَّعة التي جرى التحقق منها
prove-keep = احفظ هذه الحالة
log-title = الدفتر العلني
log-what = كل نشر أو تعديل أو سحب أو محو لسجل هو قيد في دفتر علني. والقيود تُضاف فقط. وتوقَّع كل حالة من حالات الدفتر، وكل حالة لاحقة تثبت أنها لا تزال تضم جميع القيود السابقة.
log-not-text = لا يحوي الدفتر نصًا ولا اسمًا: بل رقمًا بلا معنى، ووقتًا، وما جرى، وبصمة مختومة لا يمكن لأحد أن يخمّن النص منها.
log-size = القيود
log-key = مفتاح الدفتر
log-key-about = قارن هذا المفتاح بالمفتاح الموجود في إعلان مطبوع أو في موقع آخر لنا.
log-feed = حالات الدفتر الموقَّعة
log-feed-about = كل حالة موقَّعة من الدفتر العلني. ومن يحفظها يستطيع أن يبين لاحقًا هل أُعيدت كتابة الدفتر.
log-state = حالة، عدد القيود: { $number }
log-whole = تحقق من الموقع كله
log-whole-about = البرنامج promulgate verify يتحقق من كل ملف وكل قيد وكل سجل. خذ المفتاح من إعلان لا من هنا.
log-tools = تحقق بالأدوات المعتادة
log-tools-about = تطبع الأوامر القيد ثم رقمًا. ويجب أن يرد الرقم نفسه في القيد.
log-limits = لا يثبت الدفتر أن ما يقوله السجل صحيح، ولا من كتبه. ومن لديه مفتاح توقيعنا يمكنه أن يمسك دفترًا ثانيًا ويعرضه على بعض الناس؛ ويكتشف ذلك من يحفظون الحالات الموقَّعة ويقارنونها.
log-keep = لذلك احفظ حالة موقَّعة من حين إلى آخر، أو تابع الخلاصة. وبحالة قديمة يبين promulgate verify هل تغير شيء مما قبلها.
