//! In: the folder of a built site. Out: its files over HTTP, as a plain host serves them: folders by their `index.html`,
//! right content types, `404.html` for the rest.

use crate::text::media;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The files of a folder.
pub fn routes(folder: &Path) -> Router {
    let folder: Arc<Path> = folder.into();
    Router::new().fallback(serve).with_state(folder)
}

async fn serve(State(folder): State<Arc<Path>>, uri: Uri) -> Response {
    let found = safe_path(uri.path()).and_then(|path| read(&folder, &path));
    match found {
        Some(Found::File(media_type, bytes)) => ([(header::CONTENT_TYPE, media_type)], Body::from(bytes)).into_response(),
        Some(Found::Folder) => (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, format!("{}/", uri.path()))]).into_response(),
        None => {
            let body = std::fs::read(folder.join("404.html")).unwrap_or_else(|_| b"Not found".to_vec());
            (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], Body::from(body)).into_response()
        }
    }
}

enum Found {
    File(&'static str, Vec<u8>),
    Folder,
}

fn read(folder: &Path, path: &Path) -> Option<Found> {
    let full = folder.join(path);
    let is_folder = path.as_os_str().is_empty() || path.to_string_lossy().ends_with('/');
    if full.is_dir() && !is_folder {
        return full.join("index.html").is_file().then_some(Found::Folder);
    }
    let file = if is_folder { full.join("index.html") } else { full };
    // A link inside the folder must not lead out of it.
    let (file, folder) = (file.canonicalize().ok()?, folder.canonicalize().ok()?);
    if !file.starts_with(&folder) {
        return None;
    }
    std::fs::read(&file).ok().map(|bytes| Found::File(media::media_type(&file.to_string_lossy()), bytes))
}

/// The path below the folder; none for one that climbs or is not UTF-8.
fn safe_path(path: &str) -> Option<PathBuf> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let below = decoded.trim_start_matches('/');
    let plain = Path::new(below).components().all(|part| matches!(part, Component::Normal(_)));
    (plain && !below.contains('\0')).then(|| PathBuf::from(below))
}
