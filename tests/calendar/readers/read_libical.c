/* Reads calendar files with libical: the paths as arguments, one line of tab separated fields for each event.
 * First it judges the file by the rules of its method (RFC 5546), then counts every fault that it found. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *content_of(const char *path)
{
    FILE *file = fopen(path, "rb");
    long length;
    char *content;
    if (!file || fseek(file, 0, SEEK_END) || (length = ftell(file)) < 0 || fseek(file, 0, SEEK_SET))
        return NULL;
    content = calloc((size_t)length + 1, 1);
    if (!content || fread(content, 1, (size_t)length, file) != (size_t)length)
        return NULL;
    fclose(file);
    return content;
}

static void say(const char *text)
{
    putchar('\t');
    for (; text && *text; text++) {
        if (*text == '\t' || *text == '\n' || *text == '\r' || *text == '\\')
            printf("\\x%02x", (unsigned char)*text);
        else
            putchar(*text);
    }
}

static void say_person(icalproperty *property, const char *address)
{
    icalparameter *name = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER);
    icalparameter *status = icalproperty_get_first_parameter(property, ICAL_PARTSTAT_PARAMETER);
    icalparameter *rsvp = icalproperty_get_first_parameter(property, ICAL_RSVP_PARAMETER);
    say(address);
    say(name ? icalparameter_get_cn(name) : "");
    say(status ? icalparameter_enum_to_string(icalparameter_get_partstat(status)) : "");
    say(rsvp ? icalparameter_enum_to_string(icalparameter_get_rsvp(rsvp)) : "");
}

static long instant(struct icaltimetype time)
{
    return (long)icaltime_as_timet_with_zone(time, time.zone);
}

int main(int count, char **paths)
{
    int index;
    for (index = 1; index < count; index++) {
        char *content = content_of(paths[index]);
        icalcomponent *calendar = content ? icalparser_parse_string(content) : NULL;
        icalcomponent *event;
        icalproperty *property, *method;
        if (!calendar) {
            fprintf(stderr, "%s cannot be read\n", paths[index]);
            return 1;
        }
        icalrestriction_check(calendar);
        printf("file\t%d\t%d", index - 1, icalcomponent_count_errors(calendar));
        method = icalcomponent_get_first_property(calendar, ICAL_METHOD_PROPERTY);
        say(method ? icalproperty_method_to_string(icalproperty_get_method(method)) : "");
        putchar('\n');
        for (event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
             event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
            enum icalproperty_status status = icalcomponent_get_status(event);
            printf("event");
            say(icalcomponent_get_uid(event));
            printf("\t%ld\t%ld", instant(icalcomponent_get_dtstart(event)), instant(icalcomponent_get_dtend(event)));
            say(icalcomponent_get_summary(event));
            say(status == ICAL_STATUS_NONE ? "" : icalproperty_status_to_string(status));
            printf("\t%d\n", icalcomponent_get_sequence(event));
            for (property = icalcomponent_get_first_property(event, ICAL_ORGANIZER_PROPERTY); property;
                 property = icalcomponent_get_next_property(event, ICAL_ORGANIZER_PROPERTY)) {
                printf("organizer");
                say_person(property, icalproperty_get_organizer(property));
                putchar('\n');
            }
            for (property = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY); property;
                 property = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY)) {
                printf("attendee");
                say_person(property, icalproperty_get_attendee(property));
                putchar('\n');
            }
        }
        icalcomponent_free(calendar);
        free(content);
    }
    return 0;
}
