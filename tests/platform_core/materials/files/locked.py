"""PDF files that open only with a password: the standard security handler, revision 2 (PDF reference 1.7, 3.5.2)."""

import hashlib

PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
NUMBER = b"0123456789abcdef"


def rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i, j, out = 0, 0, bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def encrypted_pdf(password: bytes = b"secret") -> bytes:
    padded = (password + PADDING)[:32]
    owner = rc4(md5(padded)[:5], padded)
    key = md5(padded + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + NUMBER)[:5]
    stream_key = md5(key + (4).to_bytes(3, "little") + bytes(2))[:10]
    words = rc4(stream_key, b"BT /F1 12 Tf 72 720 Td (Nobody reads this) Tj ET")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (owner.hex().encode(), rc4(key, PADDING).hex().encode()),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    name = NUMBER.hex().encode()
    trailer = b"trailer<</Size 6/Root 1 0 R/Encrypt 5 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF" % (
        name,
        name,
        len(made),
    )
    return made + table + trailer
