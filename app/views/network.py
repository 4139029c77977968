"""Where a request comes from, as doors that count their visitors see it."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import request


def network() -> str | None:
    """Return an IPv4 address, or the /64 that one IPv6 home has; None where it tells nothing.

    A request from this machine itself comes through a proxy that the settings do not name (PROXIES), or from
    whoever runs the service: counting those as one visitor would shut the door on a whole municipality.
    """
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if found.is_loopback:
        return None
    return str(ip_network(f"{found}/64", strict=False) if isinstance(found, IPv6Address) else found)
