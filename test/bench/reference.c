/*
 * The step of sim/machine in plain C for one bank in one train with a blow from cold to hot and one back: the same
 * arithmetic in the same order, so that the benchmark can say how far JavaScript is from a compiler. The benchmark
 * compiles it with -O2 and without vectorisation. It reads its case as numbers from standard input (reference-case.ts
 * writes them in the order of read_case), marches a few cycles, prints the state, then times more of them.
 *
 * Only what a step computes stands here; why it does so is said in sim.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { STREAMS = 2, SHARES = 4, NEWTON_PASSES = 20, MAX_PASSES = 100, MAX_ITERATIONS = 40 };
static const double STRAIN_TOLERANCE = 1e-8;
static const double LAST_STEP = 2e-3;
static const double LEAST_OPENING = 0.05;
static const double REFERENCE_TEMPERATURE = 293.15;
static const double PI = 3.14159265358979323846;

typedef struct {
  double wetted, liner, flow_area, hydraulic, opening;
} Passage;

/* A property of the fluid over temperature: values at equal distances, straight lines between them. */
typedef struct {
  double low, per_kelvin, *values;
  int intervals;
} Table;

static int cells, nodes, size, steps, warm_up, timed;
/* law */
static double rho_c, s_a, d_s, expansion, eps_t, entropy_change, t_eq, t_0, dissipation, hard_a, hard_b;
static double poisson, lateral_share;
/* train and drive */
static double cell_length, area, frame, multiplicity, clearance;
/* fluid, walls, lines */
static double density, heat_capacity, line_viscosity;
static Table viscosity_at, conductivity_at;
static double wall_resistance, liner_capacity, liner_resistance, loss_per_node, dead_volume;
static double line_length, line_diameter, valve_coefficient, pump_efficiency;
static double nusselt_developed, nusselt_entry, nusselt_power, friction_reynolds;
static double courant_limit, start_temperature, cold_port, hot_port, ambient;
static Passage *passage;
static double *dt_s, *shortening_m, *mass_flow;

static double node_length, alloy_capacity, nusselt_constant;
static double *temperature, *fraction, *balanced, *next_temperature, *next_fraction, *guess, *store, *slope;
static double *energy, *excess, *root, *softness, *fluid[STREAMS], *liner[STREAMS], *cold_header, *hot_header;
static int *moving;
static double *opening, *viscosity, *conductivity, *conductance, *flow, *half_share, *whole_share, *courant_of;
static double *volume, *header_loss, *header_mean;
static double force, shortening, gradient_now, drift, old_stress, strain_sum, strain_slope, entropy_produced;
static double bank_pressure, pressure, last_flow[2], leaving_temperature, peak_reynolds;
static double cooling, heating, moved_mass, work_done, loading_work, pump_work, lost_heat;

static double number(void) {
  double value;
  if (scanf("%lf", &value) != 1) {
    fprintf(stderr, "the case ends early\n");
    exit(1);
  }
  return value;
}

static double *numbers(int count) {
  double *a = calloc((size_t)count, sizeof *a);
  for (int i = 0; i < count; i++) a[i] = number();
  return a;
}

static double *filled(int count, double value) {
  double *a = calloc((size_t)count, sizeof *a);
  for (int i = 0; i < count; i++) a[i] = value;
  return a;
}

static Table table(void) {
  Table t;
  t.low = number(), t.per_kelvin = number(), t.intervals = (int)number();
  t.values = numbers(t.intervals + 1);
  return t;
}

static void read_case(void) {
  cells = (int)number(), nodes = (int)number(), steps = (int)number();
  warm_up = (int)number(), timed = (int)number();
  size = cells * nodes;
  rho_c = number(), s_a = number(), d_s = number(), expansion = number(), eps_t = number();
  entropy_change = number(), t_eq = number(), t_0 = number(), dissipation = number();
  hard_a = number(), hard_b = number(), poisson = number(), lateral_share = number();
  cell_length = number(), area = number(), frame = number(), multiplicity = number(), clearance = number();
  density = number(), heat_capacity = number(), line_viscosity = number();
  viscosity_at = table(), conductivity_at = table();
  wall_resistance = number(), liner_capacity = number(), liner_resistance = number();
  loss_per_node = number(), dead_volume = number();
  line_length = number(), line_diameter = number(), valve_coefficient = number(), pump_efficiency = number();
  nusselt_developed = number(), nusselt_entry = number(), nusselt_power = number(), friction_reynolds = number();
  courant_limit = number(), start_temperature = number();
  cold_port = number(), hot_port = number(), ambient = number();
  passage = (Passage *)numbers(STREAMS * cells * 5);
  dt_s = numbers(steps), shortening_m = numbers(steps), mass_flow = numbers(steps);
}

static void start(void) {
  int streams = STREAMS * cells;
  node_length = cell_length / nodes;
  alloy_capacity = rho_c * area * node_length;
  nusselt_constant = pow(nusselt_developed, nusselt_power);
  temperature = filled(size, start_temperature), fraction = filled(size, 0);
  balanced = filled(size, start_temperature), guess = filled(size, -1);
  next_temperature = filled(size, 0), next_fraction = filled(size, 0);
  store = filled(size, 0), slope = filled(size, 0), energy = filled(size, 0), excess = filled(size, 0);
  root = filled(size, 0), softness = filled(size, 0), moving = calloc((size_t)size, sizeof *moving);
  for (int s = 0; s < STREAMS; s++) {
    fluid[s] = filled(size, start_temperature);
    liner[s] = filled(size, start_temperature);
  }
  cold_header = filled(cells, start_temperature), hot_header = filled(cells, start_temperature);
  opening = filled(streams, 0), viscosity = filled(streams, 0), conductivity = filled(streams, 0);
  conductance = filled(streams, 0), flow = filled(streams, 0), courant_of = filled(streams, 0);
  half_share = filled(streams * SHARES, 0), whole_share = filled(streams * SHARES, 0);
  volume = filled(cells, 0), header_loss = filled(cells, 0), header_mean = filled(cells, 0);
  shortening = -expansion * (start_temperature - t_0) * size * node_length * multiplicity;
  gradient_now = 1;
}

#include "reference-train.h"

/* ---- bank ---- */

static double look_up(const Table *t, double kelvin) {
  double place = fmin(fmax((kelvin - t->low) * t->per_kelvin, 0), t->intervals);
  int i = (int)fmin(floor(place), t->intervals - 1);
  return t->values[i] + (place - i) * (t->values[i + 1] - t->values[i]);
}

static void take_stock(void) {
  double stress = force / area;
  for (int cell = 0; cell < cells; cell++) {
    int from = cell * nodes;
    double sum = 0;
    for (int i = from; i < from + nodes; i++) sum += fraction[i];
    double xi = sum / nodes;
    double lateral = poisson * (s_a + xi * d_s) * stress + lateral_share * eps_t * xi;
    for (int side = 0; side < STREAMS; side++) {
      int k = STREAMS * cell + side;
      const double *field = fluid[side];
      double mean = (field[from] + 4 * field[from + nodes / 2] + field[from + nodes - 1]) / 6;
      opening[k] = fmax(LEAST_OPENING, 1 + passage[k].opening * lateral);
      viscosity[k] = look_up(&viscosity_at, mean);
      conductivity[k] = look_up(&conductivity_at, mean);
    }
  }
}

static double reynolds_of(int k) {
  double velocity = flow[k] / (passage[k].flow_area * opening[k]);
  return (density * velocity * (passage[k].hydraulic * opening[k])) / viscosity[k];
}

static void set_flow(double mass) {
  double total = 0;
  for (int k = 0; k < STREAMS * cells; k++) {
    double hydraulic = passage[k].hydraulic * opening[k];
    conductance[k] = (2 * (passage[k].flow_area * opening[k]) * hydraulic * hydraulic) /
                     (friction_reynolds * viscosity[k] * cell_length);
    total += conductance[k];
  }
  bank_pressure = mass / density / multiplicity / total;
  for (int k = 0; k < STREAMS * cells; k++) {
    flow[k] = conductance[k] * bank_pressure;
    peak_reynolds = fmax(peak_reynolds, reynolds_of(k));
  }
}

static double courant(double dt) {
  double largest = 0;
  for (int k = 0; k < STREAMS * cells; k++)
    largest = fmax(largest, (flow[k] * dt) / (passage[k].flow_area * node_length));
  return largest;
}

static double nusselt(double graetz) {
  return pow(nusselt_constant + pow(nusselt_entry * cbrt(graetz), nusselt_power), 1 / nusselt_power);
}

static double exchange_share(double own, double other, double through, double dt) {
  double total = own + other;
  return (-other / total) * expm1((-through * dt * total) / (own * other));
}

static void set_sub_step(double dt) {
  for (int cell = 0; cell < cells; cell++) {
    double sum = 0;
    for (int k = STREAMS * cell; k < STREAMS * (cell + 1); k++) {
      Passage p = passage[k];
      double moved = flow[k] * dt;
      sum += moved;
      courant_of[k] = moved / (p.flow_area * node_length);
      double hydraulic = p.hydraulic * opening[k];
      double prandtl = (viscosity[k] * heat_capacity) / conductivity[k];
      double film = hydraulic / (nusselt(reynolds_of(k) * prandtl * (hydraulic / cell_length)) * conductivity[k]);
      double to_alloy = (p.wetted * node_length) / (film + wall_resistance);
      double to_liner = (p.liner * node_length) / (film + liner_resistance);
      double fluid_c = density * heat_capacity * p.flow_area * node_length;
      double liner_c = liner_capacity * p.liner * node_length;
      double *half = half_share + SHARES * k, *whole = whole_share + SHARES * k;
      half[0] = exchange_share(fluid_c, liner_c, to_liner, dt / 2);
      half[1] = (half[0] * fluid_c) / liner_c;
      half[2] = exchange_share(alloy_capacity, fluid_c, to_alloy, dt / 2);
      half[3] = (half[2] * alloy_capacity) / fluid_c;
      for (int pair = 0; pair < SHARES; pair += 2) {
        double twice = 2 - half[pair] - half[pair + 1];
        whole[pair] = twice * half[pair];
        whole[pair + 1] = twice * half[pair + 1];
      }
    }
    double ratio = dead_volume == 0 ? 0 : sum / dead_volume;
    volume[cell] = sum;
    header_loss[cell] = -expm1(-ratio);
    header_mean[cell] = ratio == 0 ? 0 : header_loss[cell] / ratio;
  }
}

static void exchange_chain(int from, const double *a, int forward) {
  double f0 = a[0], l0 = a[1], a0 = a[2], g0 = a[3], f1 = a[4], l1 = a[5], a1 = a[6], g1 = a[7];
  for (int i = from; i < from + nodes; i++) {
    double w0 = liner[0][i], t0 = fluid[0][i], s = temperature[i], t1 = fluid[1][i], w1 = liner[1][i], d;
    if (forward) {
      d = w0 - t0, t0 += f0 * d, w0 -= l0 * d;
      d = t0 - s, s += a0 * d, t0 -= g0 * d;
      d = t1 - s, s += a1 * d, t1 -= g1 * d;
      d = w1 - t1, t1 += f1 * d, w1 -= l1 * d;
    } else {
      d = w1 - t1, t1 += f1 * d, w1 -= l1 * d;
      d = t1 - s, s += a1 * d, t1 -= g1 * d;
      d = t0 - s, s += a0 * d, t0 -= g0 * d;
      d = w0 - t0, t0 += f0 * d, w0 -= l0 * d;
    }
    liner[0][i] = w0, fluid[0][i] = t0, temperature[i] = s, fluid[1][i] = t1, liner[1][i] = w1;
  }
}

static void exchange_heat(const double *share, int forward) {
  for (int cell = 0; cell < cells; cell++) exchange_chain(cell * nodes, share + SHARES * STREAMS * cell, forward);
}

static double advect(double *field, double courant, double inlet) {
  double c = fabs(courant), half = 0.5 * (1 - c);
  int stride = courant > 0 ? 1 : -1, i = courant > 0 ? 0 : nodes - 1;
  double upstream = inlet, inflow = inlet, here = field[i];
  for (int k = 1; k < nodes; k++) {
    double downstream = field[i + stride];
    double behind = here - upstream, ahead = downstream - here, product = behind * ahead;
    double outflow = product > 0 ? here + (2 * half * product) / (behind + ahead) : here;
    field[i] = here + c * (inflow - outflow);
    upstream = here, inflow = outflow, here = downstream;
    i += stride;
  }
  field[i] = here + c * (inflow - here);
  return here;
}

static void move_fluid(int direction, double entering) {
  double *first = direction > 0 ? cold_header : hot_header, *last = direction > 0 ? hot_header : cold_header;
  double leaving = 0, moved = 0;
  for (int cell = 0; cell < cells; cell++) {
    double above = first[cell] - entering;
    double inlet = entering + above * header_mean[cell];
    first[cell] -= above * header_loss[cell];
    double out = 0, flows = 0;
    for (int side = 0; side < STREAMS; side++) {
      int k = STREAMS * cell + side;
      out += flow[k] * advect(fluid[side] + cell * nodes, direction * courant_of[k], inlet);
      flows += flow[k];
    }
    out /= flows;
    double above_last = last[cell] - out;
    leaving += volume[cell] * (out + above_last * header_mean[cell]);
    last[cell] -= above_last * header_loss[cell];
    moved += volume[cell];
  }
  leaving_temperature = leaving / moved;
}

static void lose_heat(double dt) {
  if (loss_per_node == 0) return;
  double lost = 0;
  for (int cell = 0; cell < cells; cell++) {
    double capacity = liner_capacity * passage[STREAMS * cell + 1].liner * node_length;
    double part = -expm1((-loss_per_node * dt) / capacity);
    for (int i = cell * nodes; i < (cell + 1) * nodes; i++) {
      double change = part * (liner[1][i] - ambient);
      liner[1][i] -= change;
      lost += capacity * change;
    }
  }
  lost_heat += lost * multiplicity;
}

/* ---- circuit ---- */

/* Blow 0 runs from cold to hot, blow 1 back. */
static void account_pump(int blow, double dt, double mass) {
  double q = mass / density, line_area = (PI * line_diameter * line_diameter) / 4, steady = 0;
  if (q == 0 && last_flow[blow] == 0) return;
  if (q != 0) {
    double velocity = q / line_area;
    double reynolds = (density * velocity * line_diameter) / line_viscosity;
    double friction = reynolds < 2300 ? 64 / reynolds : 0.316 * pow(reynolds, -0.25);
    steady = (friction * line_length * density * velocity * velocity) / (2 * line_diameter) +
             (q / valve_coefficient) * (q / valve_coefficient) + bank_pressure;
  }
  double inertance = (density * line_length * ((q - last_flow[blow]) / dt)) / line_area;
  last_flow[blow] = q;
  pressure = fmax(pressure, fabs(steady + inertance));
  pump_work += (steady * q * dt) / pump_efficiency;
}

static int prepare(double dt, double mass) {
  double half = dt / 2;
  int count = 1;
  pressure = 0;
  set_flow(fabs(mass));
  account_pump(0, dt, fmax(0, mass));
  account_pump(1, dt, fmax(0, -mass));
  if (mass != 0) count = (int)fmax(1, ceil(courant(half) / courant_limit - 1e-9));
  set_sub_step(half / count);
  return count;
}

static void move_half(double dt, int count, double mass, int is_first) {
  if (mass == 0) {
    exchange_heat(whole_share, is_first);
    return;
  }
  int direction = mass > 0 ? 1 : -1;
  double entering = mass > 0 ? cold_port : hot_port, leaving = 0, moved = (fabs(mass) * dt) / 2;
  exchange_heat(half_share, is_first);
  for (int n = 1; n <= count; n++) {
    move_fluid(direction, entering);
    exchange_heat(n < count ? whole_share : half_share, is_first);
    leaving += leaving_temperature / count;
  }
  double in = moved * heat_capacity * (entering - REFERENCE_TEMPERATURE);
  double out = moved * heat_capacity * (leaving - REFERENCE_TEMPERATURE);
  if (mass > 0) cooling += in, heating += out;
  else heating -= in, cooling -= out;
  moved_mass += direction * moved;
}

static void step(double dt, double commanded, double mass) {
  take_stock();
  int count = prepare(dt, mass);
  move_half(dt, count, mass, 1);
  strain_train(commanded - clearance);
  move_half(dt, count, mass, 0);
  lose_heat(dt);
}

static void march(int cycles) {
  for (int k = 0; k < cycles; k++)
    for (int i = 0; i < steps; i++) step(dt_s[i], shortening_m[i], mass_flow[i]);
}

static void print(const double *values, int count) {
  for (int i = 0; i < count; i++) printf("%.17g\n", values[i]);
}

int main(void) {
  read_case();
  start();
  march(warm_up);
  print((double[]){cooling, heating, work_done, pump_work, lost_heat, force}, 6);
  print(temperature, size), print(balanced, size), print(fraction, size);
  for (int s = 0; s < STREAMS; s++) print(fluid[s], size);
  for (int s = 0; s < STREAMS; s++) print(liner[s], size);
  if (dead_volume > 0) print(cold_header, cells), print(hot_header, cells);
  clock_t began = clock();
  march(timed);
  printf("%.9g\n", (double)(clock() - began) / CLOCKS_PER_SEC);
  return 0;
}
