//! Records of every kind in words that exist nowhere else, with documents, pictures, old addresses, links to each other.

use crate::images::camera;
use crate::reliability::figures::Seeded;

/// A record in one to three languages, with its files.
pub struct Record {
    /// Its path below `content/` without ending.
    pub id: String,
    /// The title of its original.
    pub title: String,
    kind: &'static str,
    at: usize,
    texts: Vec<(&'static str, String, String)>,
    files: Vec<(String, Vec<u8>)>,
}

const KINDS: [(&str, &str); 10] = [
    ("decision", "decisions/2026"),
    ("update", "updates/2026"),
    ("alert", "alerts/2026"),
    ("consultation", "consultations/2026"),
    ("correction", "corrections/2026"),
    ("notice", "notices/2026"),
    ("meeting", "meetings/2026"),
    ("vacancy", "vacancies/2026"),
    ("service", "services"),
    ("page", "pages"),
];

/// So many records, whose names begin alike.
pub fn records(count: usize, seed: u64, begin: &str) -> Vec<Record> {
    let mut random = Seeded(20_261_122 + seed * 1_000_003);
    (0..count).map(|at| record(at, begin, &mut random)).collect()
}

/// An invented word: three syllables, some of several thousands.
fn word(random: &mut Seeded, russian: bool) -> String {
    const LATIN: [&str; 20] =
        ["ba", "ke", "lo", "mi", "nu", "pa", "re", "so", "ti", "vu", "gra", "fle", "sko", "bri", "tun", "dar", "vel", "hol", "jin", "zur"];
    const CYRILLIC: [&str; 20] =
        ["ба", "ке", "ло", "ми", "ну", "па", "ре", "со", "ти", "ву", "гра", "фле", "ско", "бри", "тун", "дар", "вел", "хол", "жин", "зур"];
    let syllables = if russian { CYRILLIC } else { LATIN };
    (0..3).map(|_| syllables[random.below(20) as usize]).collect()
}

fn words(count: usize, random: &mut Seeded, lang: &str) -> String {
    (0..count).map(|_| word(random, lang == "ru")).collect::<Vec<_>>().join(" ")
}

/// A name that stands in this record alone.
fn name(begin: &str, at: usize, what: &str) -> String {
    format!("{begin}zq{at}{what}")
}

fn record(at: usize, begin: &str, random: &mut Seeded) -> Record {
    let (kind, folder) = KINDS[at % KINDS.len()];
    let langs: &[&'static str] = [&["en"][..], &["en", "sv"], &["sv"], &["en", "ru"], &["en", "sv", "ru"]][at / 2 % 5];
    let id = format!("{folder}/{begin}{at}");
    // One name is composed on the disk, one decomposed, one of both; one picture lies in a folder below the record's.
    let document = format!("{}-p\u{e4}rm.txt", name(begin, at, "paper"));
    let spelled = match at % 3 {
        0 => document.clone(),
        _ => document.replace('\u{e4}', "a\u{308}"),
    };
    let picture = format!("{}.png", name(begin, at, "map"));
    let deep = format!("{}.png", name(begin, at, "deep"));
    // No two records have a picture in common.
    let wide = if begin == "rx" { 400 } else { 700 };
    let files = vec![
        (format!("content/{folder}/{spelled}"), format!("{}\n{}\n", name(begin, at, "inside"), words(30, random, "en")).into_bytes()),
        (format!("content/{folder}/{picture}"), camera::png(wide + at as u32, 40)),
        (format!("content/{folder}/maps/{deep}"), camera::png(wide, 50 + at as u32)),
    ];
    let mut texts = Vec::new();
    for (place, lang) in langs.iter().copied().enumerate() {
        let title = format!("{} {}", name(begin, at, "title"), words(4, random, lang));
        let mut front = format!("title: {title}\nsummary: {}\n", words(12, random, lang));
        if place == 0 {
            front.push_str(&own_fields(kind, at, begin, random, lang));
            front.push_str(&format!(
                "contact: {{name: {}, email: {}@norrvik.example}}\ndocuments: [{{title: {}, file: {document}}}]\naliases: [/old/{begin}{at}/]\n",
                words(3, random, lang),
                name(begin, at, "desk"),
                words(4, random, lang),
            ));
            if at.is_multiple_of(4) {
                front.push_str("topics: [roads]\n");
            }
            if at % 5 == 1 {
                front.push_str(&format!("announce: {{image: {{file: {picture}, alt: {{{lang}: {}}}}}}}\n", words(4, random, lang)));
            }
        }
        let body = format!(
            "{}.\n\n## {}\n\n![{}]({picture})\n\n![{}](maps/{deep})\n\n{} [{}]({document}), **{}** & {}.\n",
            words(20, random, lang),
            words(4, random, lang),
            words(5, random, lang),
            words(5, random, lang),
            words(9, random, lang),
            words(3, random, lang),
            words(7, random, lang),
            words(9, random, lang),
        );
        texts.push((lang, front, body));
    }
    let title = texts[0].1.lines().next().unwrap_or_default().trim_start_matches("title: ").to_owned();
    Record { id, title, kind, at, texts, files }
}

/// What the kind wants besides.
fn own_fields(kind: &str, at: usize, begin: &str, random: &mut Seeded, lang: &str) -> String {
    let mut some = |count: usize| words(count, random, lang);
    let day = format!("2026-11-{:02}", 10 + at % 9);
    let base = format!("date: {day}\n");
    base + &match kind {
        "decision" => format!(
            "decided: {day}\nbody: council\nreference: {}\ndecision: {}\nreasons: {}\noptions: [{{title: {}, summary: {}, chosen: true, why: {}}}]\n",
            name(begin, at, "case"),
            some(8),
            some(12),
            some(4),
            some(6),
            some(6)
        ),
        "update" => format!(
            "service: services/buses\nstate: degraded\nstarts: {day}T08:00:00+01:00\ntimeline: [{{at: {day}T08:00:00+01:00, text: {}}}]\n",
            some(9)
        ),
        "alert" => format!(
            "event: {}\ncategory: Health\nseverity: Severe\nurgency: Immediate\ncertainty: Likely\nresponse: Prepare\nareas: [{{name: {}}}]\n\
             effective: {day}T06:00:00+01:00\nexpires: 2026-12-24T06:00:00+01:00\ninstruction: {}\nknown: {}\n",
            some(3),
            some(3),
            some(9),
            some(9)
        ),
        "consultation" => format!(
            "opens: {day}T08:00:00+01:00\ncloses: 2026-12-20T17:00:00+01:00\nquestion: {}\ntake_part: [{{label: {}, url: 'mailto:{}@norrvik.example'}}]\n",
            some(9),
            some(3),
            name(begin, at, "answer")
        ),
        "correction" => format!("claim: {}\nverdict: 'false'\nfact: {}\nevidence: [{{title: {}}}]\n", some(8), some(9), some(4)),
        "notice" => format!("notice_kind: minutes\nposted: {day}\ntake_down: 2026-12-24\nkept_at: {}\nofficer: {}\n", some(4), some(3)),
        "meeting" => format!(
            "starts: {day}T17:00:00+01:00\nends: {day}T19:00:00+01:00\nwhere: {}\nagenda: [{{title: {}, text: {}}}]\n",
            some(4),
            some(4),
            some(8)
        ),
        "vacancy" => format!("closes: 2026-12-20\nemployment: {}\nplace: {}\nsalary: {}\n", some(4), some(3), some(3)),
        "service" => {
            format!(
                "action: {{label: {}, url: 'https://norrvik.example/ride'}}\nways: [online]\nwho: {}\nhours: {}\n",
                some(3),
                some(7),
                some(6)
            )
        }
        _ => String::new(),
    }
}

impl Record {
    /// Whether it goes on to a second version.
    pub fn is_revised(&self) -> bool {
        self.at.is_multiple_of(2)
    }

    /// The last part of its address.
    pub fn slug(&self) -> String {
        format!("/{}/", self.id.rsplit('/').next().unwrap_or_default())
    }

    /// The address of its original.
    pub fn route(&self) -> String {
        let prefix = if self.texts[0].0 == "en" { String::new() } else { format!("/{}", self.texts[0].0) };
        format!("{prefix}/{}/", self.id)
    }

    /// Its files by path, in the first version or the second.
    pub fn files(&self, revised: bool) -> Vec<(String, Vec<u8>)> {
        let texts = self.texts.iter().enumerate().map(|(place, (lang, front, body))| {
            let ending = if *lang == "en" { ".md".to_owned() } else { format!(".{lang}.md") };
            let note = match (revised, place) {
                (false, _) => String::new(),
                (true, 0) => {
                    format!("updated: 2026-11-20\nrevisions: [{{date: 2026-11-20, note: {}, material: true}}]\n", self.second(lang, 6))
                }
                (true, _) => format!("updated: 2026-11-20\nrevisions: [{{note: {}}}]\n", self.second(lang, 6)),
            };
            let more = if revised { format!("\n{}.\n", self.second(lang, 11)) } else { String::new() };
            (format!("content/{}{ending}", self.id), format!("---\n{front}{note}---\n\n{body}{more}").into_bytes())
        });
        texts.chain(self.files.iter().cloned()).collect()
    }

    /// Words of the second version.
    fn second(&self, lang: &str, count: usize) -> String {
        // By the whole of the title (FNV-1a), so that no other record has the same words.
        let seed = self.title.bytes().fold(count as u64, |seed, byte| (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let mut random = Seeded(seed);
        words(count, &mut random, lang)
    }

    /// All of its words, in all languages and versions, in their order.
    pub fn text(&self) -> String {
        let files = self.files(true).into_iter().filter(|(path, _)| !path.ends_with(".png"));
        files.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).collect::<Vec<_>>().join("\n=\n")
    }

    /// Names that stand nowhere else: of files, papers, desks.
    pub fn names(&self) -> Vec<String> {
        let begin: String = self.id.rsplit('/').next().unwrap_or_default().chars().take_while(|c| c.is_alphabetic()).collect();
        let all = ["paper", "map", "deep", "inside", "title", "desk"].into_iter();
        let own = match self.kind {
            "decision" => Some("case"),
            "consultation" => Some("answer"),
            _ => None,
        };
        all.chain(own).map(|what| name(&begin, self.at, what)).collect()
    }
}
