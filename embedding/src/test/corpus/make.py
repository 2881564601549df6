"""Makes the image corpus of the decoder's tests: src/test/resources/corpus and its expectations.

Run from the module's folder with Pillow installed: python3 src/test/corpus/make.py

Every accepted file shows the same upright picture of 24 x 16 pixels: four fields of one colour, red
and green above blue and light grey. So what must come out is known by construction and not by any
decoder. Lines of expectations.properties: name = colour|grey TOLERANCE, or name = refused REASON.
"""

import io
import struct
import zlib
from pathlib import Path

from PIL import Image

OUT = Path("src/test/resources/corpus")
WIDTH, HEIGHT = 24, 16
FIELDS = [(200, 40, 40), (40, 180, 60), (30, 50, 190), (220, 220, 220)]
expectations = {}


def field(x, y):
    return FIELDS[(x >= WIDTH // 2) + 2 * (y >= HEIGHT // 2)]


def picture():
    image = Image.new("RGB", (WIDTH, HEIGHT))
    image.putdata([field(x, y) for y in range(HEIGHT) for x in range(WIDTH)])
    return image


def grey_of(rgb):
    return (299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2] + 500) // 1000


def grey():
    image = Image.new("L", (WIDTH, HEIGHT))
    image.putdata([grey_of(field(x, y)) for y in range(HEIGHT) for x in range(WIDTH)])
    return image


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def write(name, data, expected):
    (OUT / name).write_bytes(data)
    expectations[name] = expected


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(depth, colour_type, rows, before=b"", width=WIDTH, height=HEIGHT):
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", data)
            + chunk(b"IEND", b""))


def exif(tag, order="<"):
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entry = struct.pack(order + "HHIHH", 274, 3, 1, tag, 0)
    return mark + struct.pack(order + "IH", 8, 1) + entry + struct.pack(order + "I", 0)


# How an upright picture has to be stored so that the tag turns it upright again.
STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
}


def jpegs():
    fine = dict(quality=95, subsampling=0)
    base = encoded(picture(), "JPEG", **fine)
    write("colour.jpg", base, "colour 8")
    write("grey.jpg", encoded(grey(), "JPEG", quality=95), "grey 8")
    progressive = encoded(picture(), "JPEG", progressive=True, **fine)
    write("progressive.jpg", progressive, "colour 8")
    write("restarts.jpg", encoded(picture(), "JPEG", restart_marker_blocks=1, **fine), "colour 8")
    write("rgb-not-ycbcr.jpg", encoded(picture(), "JPEG", quality=95, keep_rgb=True), "colour 8")
    # Without a profile CMYK is inks: red = (255 - cyan) x (255 - black) / 255.
    inks = Image.merge("CMYK", [band.point(lambda v: 255 - v) for band in picture().split()]
                       + [Image.new("L", (WIDTH, HEIGHT), 0)])
    write("cmyk.jpg", encoded(inks, "JPEG", quality=95), "colour 8")
    # The same as YCCK: the negative as YCbCr, and the transform of Adobe's mark set to 2. Pillow
    # stores the negative of the four bands it is given.
    ycc = picture().convert("YCbCr").split()
    ycck = Image.merge("CMYK", [*ycc, Image.new("L", (WIDTH, HEIGHT), 0)])
    data = bytearray(encoded(ycck, "JPEG", quality=95))
    data[data.index(b"Adobe") + 11] = 2
    write("ycck.jpg", bytes(data), "colour 10")
    for tag, how in STORED.items():
        block = b"Exif\0\0" + exif(tag, "<" if tag % 2 else ">")
        write(f"orientation-{tag}.jpg",
              encoded(picture().transpose(how), "JPEG", exif=block, **fine), "colour 8")
    write("end-mark-missing.jpg", base[:-2], "colour 8")
    write("truncated.jpg", base[: len(base) * 3 // 4], "refused damaged jpeg")
    scans = [i for i in range(len(progressive) - 1) if progressive[i:i + 2] == b"\xff\xda"]
    write("truncated-between-scans.jpg", progressive[: scans[3]], "refused damaged jpeg: it breaks off")
    many = progressive[: scans[-1]] + (progressive[scans[-1]: -2]) * 120 + b"\xff\xd9"
    write("many-scans.jpg", many, "refused damaged jpeg: more than 100 scans")
    huge = bytearray(base)
    at = huge.index(b"\xff\xc0")
    huge[at + 5: at + 9] = struct.pack(">HH", 30_000, 30_000)
    write("huge.jpg", bytes(huge), "refused too large: 30000x30000")


def pngs():
    rgb = [b"".join(bytes(field(x, y)) for x in range(WIDTH)) for y in range(HEIGHT)]
    base = png(8, 2, rgb)
    write("colour.png", base, "colour 0")
    write("interlaced.png", interlaced(), "colour 0")
    deep = [b"".join(struct.pack(">HHH", *(v * 257 for v in field(x, y))) for x in range(WIDTH))
            for y in range(HEIGHT)]
    write("colour-16-bits.png", png(16, 2, deep), "colour 0")
    deep_grey = [b"".join(struct.pack(">H", grey_of(field(x, y)) * 257) for x in range(WIDTH))
                 for y in range(HEIGHT)]
    write("grey-16-bits.png", png(16, 0, deep_grey), "grey 0")
    write("grey.png", encoded(grey(), "PNG"), "grey 0")
    palette = chunk(b"PLTE", b"".join(bytes(f) for f in FIELDS))
    numbers = [bytes((x >= WIDTH // 2) + 2 * (y >= HEIGHT // 2) for x in range(WIDTH))
               for y in range(HEIGHT)]
    write("palette.png", png(8, 3, numbers, palette), "colour 0")
    quarters = [bytes(r[i] << 6 | r[i + 1] << 4 | r[i + 2] << 2 | r[i + 3]
                      for i in range(0, WIDTH, 4)) for r in numbers]
    write("palette-2-bits.png", png(2, 3, quarters, palette), "colour 0")
    # Over white, black that is 35 of 255 opaque is the light grey of the last field.
    clear = [b"".join(bytes((0, 0, 0, 35)) if field(x, y) == FIELDS[3] else bytes((*field(x, y), 255))
                      for x in range(WIDTH)) for y in range(HEIGHT)]
    write("alpha.png", png(8, 6, clear), "colour 1")
    for tag in (3, 6):
        turned = picture().transpose(STORED[tag])
        data = turned.tobytes()
        size = 3 * turned.width
        rows = [data[i: i + size] for i in range(0, len(data), size)]
        write(f"orientation-{tag}.png",
              png(8, 2, rows, chunk(b"eXIf", exif(tag)), turned.width, turned.height), "colour 0")
    frames = [picture(), Image.new("RGB", (WIDTH, HEIGHT), (9, 9, 9))]
    write("animated.png", encoded(frames[0], "PNG", save_all=True, append_images=frames[1:]),
          "colour 0")
    write("end-mark-missing.png", base[:-12], "colour 0")
    write("truncated.png", base[:-40], "refused damaged png")
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(64 << 20), 9))
    write("text-bomb.png", png(8, 2, rgb, bomb), "colour 0")
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 16, 6, 0, 0, 0)
    write("huge.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
          + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b""),
          "refused too large: 30000x30000")
    write("narrow.png", png(8, 0, [bytes(1)] * 101, width=1, height=101), "refused too narrow: 1x101")
    many = chunk(b"acTL", struct.pack(">II", 10_001, 0))
    write("many-frames.png", png(8, 2, rgb, many), "refused too many frames: 10001")


def interlaced():
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
              (0, 1, 1, 2)]
    data = b""
    for x0, y0, dx, dy in passes:
        for y in range(y0, HEIGHT, dy):
            row = b"".join(bytes(field(x, y)) for x in range(x0, WIDTH, dx))
            data += b"\0" + row if row else b""
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 1)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data))
            + chunk(b"IEND", b""))


def others():
    frames = [picture(), Image.new("RGB", (WIDTH, HEIGHT), (9, 9, 9))]
    still = encoded(picture(), "GIF")
    write("still.gif", still, "colour 0")
    write("animated.gif", encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]),
          "colour 0")
    write("end-mark-missing.gif", still[:-1], "colour 0")
    write("truncated.gif", still[:-8], "refused damaged gif: it breaks off")
    huge = bytearray(still)
    at = huge.index(b"\x2c" + struct.pack("<HHHH", 0, 0, WIDTH, HEIGHT))
    huge[6:10] = huge[at + 5: at + 9] = struct.pack("<HH", 30_000, 30_000)
    write("huge.gif", bytes(huge), "refused too large: 30000x30000")

    bmp = encoded(picture(), "BMP")
    write("colour.bmp", bmp, "colour 0")
    write("palette.bmp", encoded(picture().quantize(4), "BMP"), "colour 0")
    write("truncated.bmp", bmp[:-200], "refused damaged bmp")
    huge = bytearray(bmp)
    huge[18:26] = struct.pack("<ii", 30_000, -30_000)
    write("huge.bmp", bytes(huge), "refused too large: 30000x30000")

    lossless = encoded(picture(), "WEBP", lossless=True)
    write("lossless.webp", lossless, "colour 0")
    write("lossy.webp", encoded(picture(), "WEBP", quality=95), "colour 24")
    clear = picture().convert("RGBA")
    clear.putdata([(0, 0, 0, 35) if p[:3] == FIELDS[3] else p for p in clear.get_flattened_data()])
    write("alpha.webp", encoded(clear, "WEBP", lossless=True, exact=True), "colour 1")
    write("animated.webp", encoded(frames[0], "WEBP", lossless=True, save_all=True,
                                   append_images=frames[1:]), "colour 0")
    write("orientation-8.webp", encoded(picture().transpose(STORED[8]), "WEBP", lossless=True,
                                        exif=b"Exif\0\0" + exif(8)), "colour 0")
    write("truncated.webp", lossless[:-10], "refused damaged webp: it breaks off")

    for how in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        options = dict(quality=95) if how == "jpeg" else {}
        write(f"{how.replace('tiff_', '')}.tif",
              encoded(picture(), "TIFF", compression=how, **options),
              "colour 60" if how == "jpeg" else "colour 0")
    write("grey.tif", encoded(grey(), "TIFF"), "grey 0")
    deep = Image.new("I;16", (WIDTH, HEIGHT))
    deep.putdata([grey_of(field(x, y)) * 257 for y in range(HEIGHT) for x in range(WIDTH)])
    write("grey-16-bits.tif", encoded(deep, "TIFF"), "grey 0")
    write("orientation-5.tif", encoded(picture().transpose(STORED[5]), "TIFF", tiffinfo={274: 5}),
          "colour 0")
    write("pages.tif", encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:]),
          "colour 0")
    tif = encoded(picture(), "TIFF")
    write("truncated.tif", tif[: len(tif) // 2], "refused damaged tiff: it breaks off")

    write("text.txt", b"not an image\n", "refused neither JPEG")
    write("empty", b"", "refused empty")


OUT.mkdir(parents=True, exist_ok=True)
for old in OUT.iterdir():
    old.unlink()
jpegs()
pngs()
others()
(OUT / "expectations.properties").write_text(
    "".join(f"{name} = {what}\n" for name, what in sorted(expectations.items())))
