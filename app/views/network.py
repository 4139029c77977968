"""Where a request comes from, as doors that count their visitors see it."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import request


def network() -> str:
    """Return an IPv4 address, or the /64 that one IPv6 home has."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    return str(ip_network(f"{found}/64", strict=False) if isinstance(found, IPv6Address) else found)
