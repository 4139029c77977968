"""The process that reads one plan file: a request line and the file on standard input, JSON out."""

import json
import resource
import sys

from app.domain.errors import Invalid
from app.importers import limits
from app.importers.read import read_pasted, read_plan
from app.importers.reading import to_json


def main() -> int:
    """Read one file within the limits; exit status 0 with an answer, another one without."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(limits.FILE_BYTES + 1)
    filename = request.pop("filename")
    answer: dict[str, object]
    try:
        if filename is None:
            reading = read_pasted(data.decode("utf-8", "surrogatepass"), **request)
        else:
            reading = read_plan(filename, data, **request)
        answer = {"reading": to_json(reading)}
    except Invalid as refusal:
        values = dict(refusal.values)
        answer = {"refused": {"field": refusal.field, "message": refusal.message, "values": values}}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
