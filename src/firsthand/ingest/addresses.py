"""Which addresses on the network may be reached, and which ways to them."""

from __future__ import annotations

import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

from firsthand.errors import InputRejected

NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Target(NamedTuple):
    """A web address taken apart. ``path`` has the query with it; the fragment never leaves this machine."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What goes into the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"http": 80, "https": 443}[self.scheme] else f"{host}:{self.port}"


def target_of(url: str, base: str | None = None) -> Target:
    """``url``, resolved against ``base``. Raises InputRejected where it is no web address."""

    def refused(why: str) -> InputRejected:
        return InputRejected(url[:300], why=why, hint="give an http or https address")

    try:
        url = urljoin(base, url.strip()) if base else url.strip()
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise refused(f"it is not an address: {error}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise refused("it is not a web address")
    if parts.username is not None or parts.password is not None:
        raise refused("the address holds a user name or password")
    try:
        host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
    except UnicodeError:
        raise refused("its host is not a valid name") from None
    path = _ascii(urlunsplit(("", "", parts.path or "/", parts.query, "")))
    whole = urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", parts.query, ""))
    return Target(whole, parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path)


def resolve(target: Target, *, allow_private: bool = False) -> list[str]:
    """The IP addresses of the target's host, which the caller must connect to and to no other: asking twice could bring two
    answers. Raises InputRejected where the name is not known or any address is not a public one.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputRejected(
            target.url, why=f"the name {target.host} cannot be resolved: {error}", hint="check it"
        ) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    hidden = [address for address in addresses if not is_public(address)]
    if hidden and not allow_private:
        raise InputRejected(
            target.url,
            why=f"it leads to {hidden[0]}, which is not a public address",
            hint="--allow-private reaches machines of your own network",
        )
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network: not loopback, private, link-local (cloud metadata among them),
    shared, multicast or reserved, nor one of those wrapped in IPv6.

    >>> [is_public(a) for a in ("8.8.8.8", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "2002:7f00:1::")]
    [True, False, False, False, False, False]
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(part is not None and not is_public(str(part)) for part in inner):
            return False
        if ip.ipv4_mapped is not None:
            return True
    return ip.is_global and not ip.is_multicast


def _ascii(path: str) -> str:
    """``path`` as it may stand in a request: no spaces, no control characters, letters beyond ASCII percent-encoded."""
    return "".join(
        c if "!" <= c <= "~" else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "replace")) for c in path
    )
