"""mjpeg.py FOLDER [--port 8090] [--fps 10]: a camera without a camera.

Plays the JPEG files of a folder, again and again, as the MJPEG stream over HTTP that network cameras serve, to as many viewers
as ask for it; each sees the folder from its start. Needs nothing but Python; listens on loopback only.
"""
import argparse
import pathlib
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BOUNDARY = "frame"


def handler(files, seconds):
    class Stream(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
            self.end_headers()
            try:
                while True:
                    for file in files:
                        frame = file.read_bytes()
                        head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(frame)}\r\n\r\n"
                        self.wfile.write(head.encode() + frame + b"\r\n")
                        time.sleep(seconds)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the viewer has gone

        def log_message(self, *_):
            pass

    return Stream


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split(":")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--fps", type=float, default=10)
    options = parser.parse_args()
    files = sorted(file for file in options.folder.iterdir() if file.suffix.lower() in (".jpg", ".jpeg"))
    if not files:
        parser.error(f"there is no JPEG file in {options.folder}")
    server = ThreadingHTTPServer(("127.0.0.1", options.port), handler(files, 1 / options.fps))
    server.daemon_threads = True
    print(f"{len(files)} frames, {options.fps:g} a second: http://127.0.0.1:{server.server_port}/stream.mjpg", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
