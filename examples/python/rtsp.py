"""rtsp.py FOLDER [--port 8554] [--fps 10]: an RTSP camera without a camera.

Plays the JPEG files of a folder, again and again, as the H.264 stream over RTSP that network cameras serve. On GStreamer's RTSP
server, whose packages Debian has: python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good gstreamer1.0-plugins-bad; so it
runs with the system's Python. Listens on loopback only.
"""
import argparse
import itertools
import pathlib

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402  # versions first

PIPELINE = (
    "( appsrc name=frames is-live=true format=time caps=image/jpeg,framerate={rate} ! jpegdec ! videoconvert"
    " ! openh264enc gop-size={gop} ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=1 )"
)


def play(media, files, frame_time):
    """Each media has the folder from its start; its clock paces the frames."""
    numbered = zip(itertools.count(), itertools.cycle(files))

    def feed(source, _wanted):
        number, file = next(numbered)
        frame = Gst.Buffer.new_wrapped(file.read_bytes())
        frame.pts = number * frame_time
        frame.duration = frame_time
        source.emit("push-buffer", frame)

    media.get_element().get_child_by_name("frames").connect("need-data", feed)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split(":")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--port", type=int, default=8554)
    parser.add_argument("--fps", type=int, default=10)
    options = parser.parse_args()
    files = sorted(file for file in options.folder.iterdir() if file.suffix.lower() in (".jpg", ".jpeg"))
    if not files:
        parser.error(f"there is no JPEG file in {options.folder}")
    Gst.init(None)
    camera = GstRtspServer.RTSPMediaFactory()
    camera.set_launch(PIPELINE.format(rate=f"{options.fps}/1", gop=2 * options.fps))
    camera.set_shared(True)
    camera.connect("media-configure", lambda _, media: play(media, files, Gst.SECOND // options.fps))
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(str(options.port))
    server.get_mount_points().add_factory("/live", camera)
    server.attach(None)
    print(f"{len(files)} frames, {options.fps} a second: rtsp://127.0.0.1:{server.get_bound_port()}/live", flush=True)
    try:
        GLib.MainLoop().run()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
