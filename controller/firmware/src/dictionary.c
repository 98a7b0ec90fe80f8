#include "dictionary.h"

#include "crc32.h"
#include "device.h"
#include "flash.h"

#define FIELD(name, type, rest) "{\"name\":\"" name "\",\"type\":\"" type "\"" rest "}"
#define UNIT(unit) ",\"unit\":\"" unit "\""
#define RANGE(least, most) ",\"min\":" #least ",\"max\":" #most

#define CHANNEL_FIRST(id, name, type, scale, unit) FIELD(name, #type, ",\"scale\":" scale UNIT(unit) ABSENT_##type)
#define CHANNEL_NEXT(id, name, type, scale, unit) "," CHANNEL_FIRST(id, name, type, scale, unit)
#define NAME_FIRST(id, name, type, scale, unit) "\"" name "\""
#define NAME_NEXT(id, name, type, scale, unit) ",\"" name "\""
#define LIMIT_FIRST(id, name, unit, least, most, start) FIELD(name, "f32", UNIT(unit) RANGE(least, most))
#define LIMIT_NEXT(id, name, unit, least, most, start) "," LIMIT_FIRST(id, name, unit, least, most, start)
#define COMMAND_FIRST(id, number, name, safe, args) \
  "{\"id\":" #number ",\"name\":\"" name "\",\"safe\":" safe ",\"args\":[" args "]}"
#define COMMAND_NEXT(id, number, name, safe, args) "," COMMAND_FIRST(id, number, name, safe, args)
#define WORD_FIRST(id, name) "\"" name "\""
#define WORD_NEXT(id, name) ",\"" name "\""

static const char TEXT[] FLASH =
    "{\"contract\":1,\"device\":\"" DEVICE_NAME "\",\"kind\":\"" DEVICE_KIND "\",\"serial_number\":" SERIAL_NUMBER
    ",\"firmware_version\":" FIRMWARE_VERSION ",\"sample_period_us\":1000,"
    "\"sampling\":\"one reading a millisecond, on the millisecond\",\"batch_ms\":20,"
    "\"channels\":[" CHANNELS(CHANNEL_FIRST, CHANNEL_NEXT) "],"
    "\"status\":[" CHANNELS(NAME_FIRST, NAME_NEXT) "],"
    "\"commands\":[" COMMANDS(COMMAND_FIRST, COMMAND_NEXT) "],"
    "\"parameters\":[" LIMITS(LIMIT_FIRST, LIMIT_NEXT) "],"
    "\"recipe\":["
    FIELD("frequency_Hz", "f32", UNIT("Hz") RANGE(0.05, 10)) ","
    FIELD("strain_percent", "f32", UNIT("percent") RANGE(0, 8)) ","
    FIELD("blow_flow_kg_per_s", "f32", UNIT("kg/s") RANGE(0, 2)) ","
    FIELD("blow_duty", "f32", UNIT("") RANGE(0.05, 0.36)) ","
    FIELD("stroke_shape", "u8", UNIT("") ",\"count\":" SHAPE_POINTS_TEXT RANGE(0, 255)) "],"
    "\"summary\":["
    FIELD("cycle_number", "u32", UNIT("")) ","
    FIELD("cycle_end_ms", "u32", UNIT("ms")) ","
    FIELD("period_ms", "f32", UNIT("ms")) ","
    FIELD("peak_stress_MPa", "f32", UNIT("MPa")) ","
    FIELD("peak_force_kN", "f32", UNIT("kN")) ","
    FIELD("peak_stroke_mm", "f32", UNIT("mm")) ","
    FIELD("peak_pressure_bar", "f32", UNIT("bar")) ","
    FIELD("cell_min_C", "f32", UNIT("C")) ","
    FIELD("cell_mean_C", "f32", UNIT("C")) ","
    FIELD("cell_max_C", "f32", UNIT("C")) "],"
    "\"black_box\":{\"rows\":" BLACK_BOX_ROWS_TEXT
    ",\"channels\":[\"force_kN\",\"stroke_mm\",\"pressure_bar\",\"cell_1_C\"]},"
    "\"faults\":[" FAULTS(WORD_FIRST, WORD_NEXT) "],"
    "\"enumerations\":{\"drive_state\":[" STATES(WORD_FIRST, WORD_NEXT) "],"
    "\"watchdog_state\":[" WATCHDOG_STATES(WORD_FIRST, WORD_NEXT) "]}}";

static uint32_t crc;

void dictionary_start(void) {
  crc = CRC32_START;
  for (uint16_t at = 0; at < dictionary_length(); at++) crc = crc32_add(crc, dictionary_byte(at));
  crc = ~crc;
}

uint16_t dictionary_length(void) { return sizeof TEXT - 1; }

uint32_t dictionary_crc(void) { return crc; }

uint8_t dictionary_byte(uint16_t at) { return flash_u8(&TEXT[at]); }
