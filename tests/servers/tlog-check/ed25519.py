"""Ed25519 in a page of Python, for the checker and the witness beside it."""

import hashlib

# Ed25519 as RFC 8032 gives it in section 6, in extended coordinates; slow, and not for secrets.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        raise ValueError("no point")
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT % P
    if (x * x - x2) % P or (x == 0 and sign):
        raise ValueError("no point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(key, message, signature):
    if len(signature) != 64:
        return False
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    return s < Q and same(times(s, BASE), add(r, times(h, a)))


def packed(a):
    z = pow(a[2], P - 2, P)
    x, y = a[0] * z % P, a[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def halves(seed):
    whole = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(whole[:32], "little")
    return scalar & (1 << 254) - 8 | 1 << 254, whole[32:]


def public(seed):
    return packed(times(halves(seed)[0], BASE))


def sign(seed, message):
    scalar, prefix = halves(seed)
    key = public(seed)
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % Q
    start = packed(times(r, BASE))
    h = int.from_bytes(hashlib.sha512(start + key + message).digest(), "little") % Q
    return start + ((r + h * scalar) % Q).to_bytes(32, "little")
