// Reads calendar files with ical.js: the paths as arguments, a JSON list of what each says on standard output.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const person = (property) => ({
  address: property.getFirstValue(),
  name: property.getParameter("cn") ?? null,
  status: property.getParameter("partstat") ?? null,
  rsvp: property.getParameter("rsvp") ?? null,
});

const text = (component, name) => component.getFirstPropertyValue(name) ?? null;

function read(path) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf-8")));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents("vevent").map((event) => ({
    uid: text(event, "uid"),
    starts: event.getFirstPropertyValue("dtstart").toUnixTime(),
    ends: event.getFirstPropertyValue("dtend").toUnixTime(),
    summary: text(event, "summary"),
    status: text(event, "status"),
    sequence: text(event, "sequence"),
    method: text(calendar, "method"),
    organizer: event.getAllProperties("organizer").map(person)[0] ?? null,
    attendees: event.getAllProperties("attendee").map(person),
  }));
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map(read)));
