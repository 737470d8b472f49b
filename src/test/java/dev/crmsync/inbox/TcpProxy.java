package dev.crmsync.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A way to a server on this machine that can fall silent, and break. */
final class TcpProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition audible = lock.newCondition();
    private boolean silent;

    private TcpProxy(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** @param target the server's port */
    static TcpProxy to(int target) throws IOException {
        TcpProxy proxy = new TcpProxy(target);
        proxy.run(proxy::accept);
        return proxy;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** From now on nothing is passed on, and no connection ends. */
    void fallSilent() {
        setSilent(true);
    }

    /** What was held back is passed on. */
    void speakAgain() {
        setSilent(false);
    }

    /** All connections end; new ones are made as before. */
    void breakConnections() {
        sockets.removeIf(socket -> {
            close(socket);
            return true;
        });
    }

    private void setSilent(boolean silent) {
        lock.lock();
        try {
            this.silent = silent;
            audible.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                run(() -> pass(client, server));
                run(() -> pass(server, client));
            } catch (IOException e) {
                // the proxy is closed, or the server is down
            }
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[8_192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitAudible();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // broken on one side
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
        }
    }

    private void awaitAudible() throws InterruptedException {
        lock.lock();
        try {
            while (silent) {
                audible.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(Runnable task) {
        Thread thread = new Thread(task, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed enough
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        speakAgain();
        breakConnections();
    }
}
