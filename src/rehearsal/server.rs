//! In: routes. Out: a server for them on 127.0.0.1, on a runtime of its own, until it is dropped.

use axum::Router;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use tokio::runtime::Runtime;
use tokio::sync::oneshot::Sender;

/// A running server.
pub struct Server {
    address: SocketAddr,
    runtime: Option<Runtime>,
    stop: Option<Sender<()>>,
}

impl Server {
    /// A bound socket, before anybody is answered; port 0 or none for any free one.
    pub fn bind(port: Option<u16>) -> std::io::Result<TcpListener> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0)))?;
        listener.set_nonblocking(true)?;
        Ok(listener)
    }

    /// Answers on a bound socket.
    pub fn start(listener: TcpListener, routes: Router) -> std::io::Result<Server> {
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().thread_name("rehearsal").build()?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        runtime.spawn(async move {
            let served = axum::serve(listener, routes).with_graceful_shutdown(async {
                let _ = stopped.await;
            });
            let _ = served.await;
        });
        Ok(Server { address, runtime: Some(runtime), stop: Some(stop) })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
