//! Publishing on disk: the old site or the new one, whole, whatever happens; nothing of a stranger's is touched.

use promulgate::io::disk::open_root;
use promulgate::io::staging::{Published, Staging, StagingError};
use promulgate::model::manifest::Manifest;
use promulgate::model::route::SafePath;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

struct Town {
    root: tempfile::TempDir,
}

impl Town {
    fn new() -> Town {
        Town { root: tempfile::tempdir().unwrap() }
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("public")
    }

    fn open(&self) -> Result<Staging, StagingError> {
        Staging::open(&self.out(), self.root.path())
    }

    fn publish(&self, files: &[(&str, &str)]) -> Published {
        let staging = self.open().unwrap();
        put_all(&staging, files);
        staging.finish().unwrap()
    }

    fn read(&self) -> BTreeMap<String, String> {
        read_all(&self.out())
    }
}

fn path(text: &str) -> SafePath {
    SafePath::new(text).unwrap()
}

fn put_all(staging: &Staging, files: &[(&str, &str)]) {
    for (name, text) in files {
        staging.put(&path(name), text.as_bytes()).unwrap();
    }
}

fn read_all(folder: &Path) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned(), fs::read_to_string(entry.path()).unwrap()))
        .filter(|(name, _)| name != "manifest.json")
        .collect()
}

fn texts(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_first_build_makes_the_folder_and_a_manifest_of_every_file() {
    let town = Town::new();
    let done = town.publish(&[("index.html", "home"), ("sv/beslut/index.html", "beslut"), ("sv/index.html", "hem")]);
    assert_eq!((done.written, done.unchanged, done.removed.len(), done.strangers.len()), (3, 0, 0, 0));
    assert_eq!(town.read(), texts(&[("index.html", "home"), ("sv/beslut/index.html", "beslut"), ("sv/index.html", "hem")]));
    let manifest: Manifest = serde_json::from_slice(&fs::read(town.out().join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest, done.manifest);
    // SHA-256 of "home".
    assert_eq!(manifest.files["index.html"].sha256, "4ea140588150773ce3aace786aeef7f4049ce100fa649c94fbbddb960f1da942");
}

#[test]
fn files_that_did_not_change_keep_their_time_and_their_inode_over_many_builds() {
    let town = Town::new();
    town.publish(&[("a.html", "same"), ("b.html", "1")]);
    let first = fs::metadata(town.out().join("a.html")).unwrap();
    for round in ["2", "3", "4", "5"] {
        let done = town.publish(&[("a.html", "same"), ("b.html", round)]);
        assert_eq!((done.written, done.unchanged), (1, 1), "round {round}");
        let now = fs::metadata(town.out().join("a.html")).unwrap();
        assert_eq!((now.ino(), now.mtime_nsec()), (first.ino(), first.mtime_nsec()), "round {round}");
        assert_eq!(town.read()["b.html"], round);
    }
}

#[test]
fn the_generation_before_is_kept_whole_beside_the_output() {
    let town = Town::new();
    town.publish(&[("a.html", "old"), ("gone.html", "old")]);
    let done = town.publish(&[("a.html", "new")]);
    assert_eq!(done.removed, ["gone.html"]);
    assert_eq!(read_all(&town.root.path().join(".public.previous")), texts(&[("a.html", "old"), ("gone.html", "old")]));
}

#[test]
fn orphans_of_two_builds_ago_and_their_folders_are_cleared() {
    let town = Town::new();
    town.publish(&[("2024/a/index.html", "1"), ("index.html", "1")]);
    town.publish(&[("index.html", "2")]);
    town.publish(&[("index.html", "3")]);
    assert!(!town.out().join("2024").exists());
    assert_eq!(town.read(), texts(&[("index.html", "3")]));
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let town = Town::new();
    town.publish(&[("news", "file"), ("board/index.html", "folder")]);
    town.publish(&[("index.html", "between")]);
    town.publish(&[("news/index.html", "folder"), ("board", "file")]);
    assert_eq!(town.read(), texts(&[("board", "file"), ("news/index.html", "folder")]));
    town.publish(&[("news", "file"), ("board/index.html", "folder")]);
    assert_eq!(town.read(), texts(&[("board/index.html", "folder"), ("news", "file")]));
}

#[test]
fn two_outputs_with_one_path_are_an_error_and_so_is_a_file_that_another_needs_as_a_folder() {
    let town = Town::new();
    let staging = town.open().unwrap();
    staging.put(&path("a"), b"1").unwrap();
    assert!(matches!(staging.put(&path("a"), b"1"), Err(StagingError::Twice { .. })));
    assert!(matches!(staging.put(&path("manifest.json"), b"{}"), Err(StagingError::Twice { .. })));
    assert!(staging.put(&path("a/b"), b"2").is_err());
    assert!(matches!(staging.finish(), Err(StagingError::Incomplete)));
    assert!(!town.out().exists());
}

#[test]
fn a_build_that_is_dropped_anywhere_leaves_the_old_site_and_the_next_build_is_right() {
    let town = Town::new();
    let old = [("a.html", "old"), ("b/c.html", "old"), ("d.html", "old")];
    town.publish(&old);
    let new = [("a.html", "new"), ("b/c.html", "old"), ("e/f.html", "new"), ("d.html", "new")];
    for stop in 0..=new.len() {
        let staging = town.open().unwrap();
        put_all(&staging, &new[..stop]);
        drop(staging);
        assert_eq!(town.read(), texts(&old), "stopped after {stop}");
    }
    // What a power cut may leave: half a file under the right name.
    fs::write(town.root.path().join(".public.previous/e/f.html"), "ne").unwrap();
    let done = town.publish(&new);
    assert_eq!(town.read(), texts(&new));
    assert_eq!((done.written, done.unchanged), (3, 1));
}

#[test]
fn strangers_are_carried_over_reported_and_never_written_over() {
    let town = Town::new();
    town.publish(&[("index.html", "1"), ("sv/index.html", "1")]);
    fs::write(town.out().join("CNAME"), "norrvik.example").unwrap();
    fs::create_dir_all(town.out().join(".git/objects")).unwrap();
    fs::write(town.out().join(".git/objects/aa"), "blob").unwrap();
    fs::write(town.out().join("sv/notes.txt"), "mine").unwrap();
    for round in ["2", "3", "4"] {
        let done = town.publish(&[("index.html", round)]);
        assert_eq!(done.strangers, if round == "2" { vec![".git/", "CNAME", "sv/notes.txt"] } else { vec![".git/", "CNAME", "sv/"] });
        let expected = [("index.html", round), (".git/objects/aa", "blob"), ("CNAME", "norrvik.example"), ("sv/notes.txt", "mine")];
        assert_eq!(town.read(), texts(&expected), "round {round}");
    }
    fs::remove_file(town.out().join("CNAME")).unwrap();
    town.publish(&[("index.html", "5")]);
    assert!(!town.out().join("CNAME").exists(), "a stranger that its owner removed must not come back");
    for clash in ["sv/notes.txt", "sv", "sv/notes.txt/index.html"] {
        let staging = town.open().unwrap();
        staging.put(&path(clash), b"ours").unwrap();
        assert!(matches!(staging.finish(), Err(StagingError::InTheWay { .. })), "{clash}");
        assert_eq!(town.read()["sv/notes.txt"], "mine");
    }
}

#[test]
fn a_file_of_ours_that_somebody_changed_or_removed_is_mended() {
    let town = Town::new();
    town.publish(&[("a.html", "aaaa"), ("b.html", "bbbb")]);
    town.publish(&[("a.html", "aaaa"), ("b.html", "bbbb")]);
    fs::write(town.out().join("a.html"), "hack").unwrap();
    fs::remove_file(town.out().join("b.html")).unwrap();
    let touched = std::time::SystemTime::now() + std::time::Duration::from_secs(2);
    fs::File::open(town.out().join("a.html")).unwrap().set_modified(touched).unwrap();
    town.publish(&[("a.html", "aaaa"), ("b.html", "bbbb")]);
    assert_eq!(town.read(), texts(&[("a.html", "aaaa"), ("b.html", "bbbb")]));
}

#[test]
fn folders_that_are_not_ours_are_refused() {
    let town = Town::new();
    let root = town.root.path();
    fs::create_dir_all(root.join("photos")).unwrap();
    fs::write(root.join("photos/summer.jpg"), "x").unwrap();
    fs::create_dir_all(root.join("app")).unwrap();
    fs::write(root.join("app/manifest.json"), r#"{"name": "another program"}"#).unwrap();
    fs::write(root.join("file"), "x").unwrap();
    fs::create_dir_all(root.join("content")).unwrap();
    let parent = root.parent().unwrap();
    for out in [Path::new("/"), root, parent, &root.join("photos"), &root.join("app"), &root.join("file"), &root.join("content/out")] {
        let refused = Staging::open(out, root);
        assert!(matches!(refused, Err(StagingError::Refused { .. })), "{out:?}: {refused:?}");
    }
    if let Some(home) = std::env::var_os("HOME") {
        assert!(matches!(Staging::open(Path::new(&home), root), Err(StagingError::Refused { .. })));
    }
    assert_eq!(fs::read_to_string(root.join("photos/summer.jpg")).unwrap(), "x");
}

#[test]
fn a_second_builder_is_told_to_wait_and_the_lock_ends_with_the_first() {
    let town = Town::new();
    let first = town.open().unwrap();
    assert!(matches!(town.open(), Err(StagingError::Busy { .. })));
    drop(first);
    assert!(town.open().is_ok());
}

#[test]
fn a_reader_finds_every_file_whole_during_200_swaps() {
    let town = Town::new();
    let names = ["index.html", "sv/index.html", "sv/beslut/bibliotek.html"];
    let build = |round: usize| {
        let staging = town.open().unwrap();
        for name in names {
            staging.put(&path(name), format!("<{round}>").repeat(2000).as_bytes()).unwrap();
        }
        staging.put(&path("same.css"), b"body{}").unwrap();
        staging.finish().unwrap();
    };
    build(0);
    let (done, reads) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !done.load(Ordering::Acquire) {
                for name in names {
                    let text = fs::read_to_string(town.out().join(name)).expect("a file is missing");
                    let one = &text[..=text.find('>').expect("a file is empty")];
                    assert_eq!(text, one.repeat(2000), "a file is half written");
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        (1..=200).for_each(build);
        done.store(true, Ordering::Release);
        reader.join().unwrap();
    });
    assert!(reads.load(Ordering::Relaxed) > 200, "the reader must have seen the swaps");
}

#[test]
fn links_swapped_into_the_staging_folder_lead_nowhere() {
    let town = Town::new();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("index.html"), "precious").unwrap();
    town.publish(&[("sv/index.html", "1")]);
    town.publish(&[("sv/index.html", "2")]);
    let folder = town.root.path().join(".public.previous/sv");
    fs::remove_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(outside.path(), &folder).unwrap();
    let staging = town.open().unwrap();
    let put = staging.put(&path("sv/index.html"), b"3");
    let _ = put.and_then(|_| staging.finish().map(drop));
    assert_eq!(fs::read_to_string(outside.path().join("index.html")).unwrap(), "precious");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
}

#[test]
fn attachments_are_copied_and_kept_files_need_no_bytes() {
    let town = Town::new();
    let root = town.root.path();
    fs::create_dir_all(root.join("content")).unwrap();
    fs::write(root.join("content/karta a\u{30a}.pdf"), vec![7; 300_000]).unwrap();
    let tree = open_root(root).unwrap();
    let from = path("content/karta å.pdf");
    for round in ["1", "2", "3"] {
        let staging = town.open().unwrap();
        let file = staging.put_file(&path("karta.pdf"), &tree, &from).unwrap();
        assert_eq!(file.bytes, 300_000);
        staging.put(&path("index.html"), round.as_bytes()).unwrap();
        staging.finish().unwrap();
        assert_eq!(fs::read(town.out().join("karta.pdf")).unwrap(), vec![7; 300_000]);
    }
    let staging = town.open().unwrap();
    assert!(staging.keep(&path("karta.pdf")).unwrap().is_some());
    assert!(staging.keep(&path("never.pdf")).unwrap().is_none());
    let done = staging.finish().unwrap();
    assert_eq!((done.unchanged, done.removed.as_slice()), (1, ["index.html".to_owned()].as_slice()));
    assert_eq!(fs::read(town.out().join("karta.pdf")).unwrap().len(), 300_000);
}

#[test]
fn an_exchange_by_two_renames_that_was_cut_is_ended_at_the_next_start() {
    let town = Town::new();
    town.publish(&[("a.html", "old")]);
    town.publish(&[("a.html", "new")]);
    let at = |name: &str| town.root.path().join(name);
    // Cut after the first rename: the live folder is away, the finished one waits.
    fs::rename(at("public"), at(".public.swapping")).unwrap();
    drop(town.open().unwrap());
    assert_eq!(town.read(), texts(&[("a.html", "old")]), "the finished generation takes its place");
    assert!(!at(".public.swapping").exists());
    // Cut in the same place, but the other generation is not finished.
    drop(town.open().unwrap());
    fs::rename(at("public"), at(".public.swapping")).unwrap();
    drop(town.open().unwrap());
    assert_eq!(town.read(), texts(&[("a.html", "old")]), "an unfinished generation never goes live");
}

#[test]
fn a_disk_that_is_full_leaves_the_old_site_as_it_was() {
    let town = Town::new();
    let small = town.root.path().join("small");
    fs::create_dir(&small).unwrap();
    let mounted = std::process::Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(&small).output();
    if !mounted.as_ref().is_ok_and(|output| output.status.success()) {
        let reason = mounted.map(|output| String::from_utf8_lossy(&output.stderr).into_owned()).unwrap_or_else(|error| error.to_string());
        println!("not tried: a small file system cannot be mounted here: {reason}");
        return;
    }
    let out = small.join("public");
    let open = || Staging::open(&out, town.root.path()).unwrap();
    let staging = open();
    put_all(&staging, &[("index.html", "old"), ("a.html", "old")]);
    staging.finish().unwrap();
    let before = read_all(&out);
    let mut failed = 0;
    for size in [100_000, 200_000, 300_000, 1_000_000] {
        let staging = open();
        let put = staging.put(&path("big.bin"), &vec![1; size]);
        match put.map(drop).and_then(|()| staging.put(&path("index.html"), b"new").map(drop)).and_then(|()| staging.finish().map(drop)) {
            Err(_) => {
                failed += 1;
                assert_eq!(read_all(&out), before);
            }
            Ok(()) => {
                let staging = open();
                put_all(&staging, &[("index.html", "old"), ("a.html", "old")]);
                staging.finish().unwrap();
            }
        }
    }
    let unmounted = std::process::Command::new("umount").arg(&small).status().unwrap();
    assert!(unmounted.success());
    assert!(failed >= 2, "the disk must have been full");
}
