/*
 * The smooth law and the load train of reference.c, which includes this file; like sim/material/smooth-law.ts and
 * sim/machine/load-train.ts.
 */

/* ---- the law ---- */

static void begin(double stress) {
  double latent = entropy_change * t_eq;
  old_stress = stress;
  for (int i = 0; i < size; i++) {
    double xi = fraction[i];
    double elastic = (s_a + xi * d_s) * stress;
    double expanded = expansion * balanced[i];
    double offset = expanded - elastic - eps_t * xi;
    store[i] = rho_c * temperature[i] + stress * (0.5 * elastic - expanded + 0.5 * offset) - latent * xi;
    slope[i] = 0.5 * offset;
  }
}

static void attempt(double stress) {
  double old = old_stress, a = hard_a, b = hard_b, y = dissipation, entropy = entropy_change, alpha = expansion;
  double inverse = 1 / (rho_c - 0.5 * alpha * (stress - old));
  double common = 0.5 * s_a * old * stress;
  double latent = entropy * t_eq;
  double per_xi = 0.5 * d_s * old * stress + 0.5 * (old + stress) * eps_t + latent;
  double drive = 0.5 * d_s * stress * stress + eps_t * stress + latent;
  double r = entropy * inverse;
  double c1 = -0.5 * r * per_xi - a, c2 = 0.25 * r * a, c3 = -b, c4 = 0.125 * r * b;
  double slope_sum = 0.5 * s_a * old, slope_per_xi = 0.5 * (d_s * old + eps_t);
  double strain_per_xi = d_s * stress + eps_t;
  double fractions = 0, temperatures = 0, slopes = 0;
  int count = 0;
  for (int i = 0; i < size; i++) {
    double xi = fraction[i], z = 2 * xi - 1;
    double own = store[i] + slope[i] * stress + common;
    double t = (own + per_xi * xi) * inverse;
    double driving = drive - entropy * t - z * (a + b * z * z);
    next_fraction[i] = xi;
    next_temperature[i] = t;
    slopes += slope[i];
    if (driving > y ? z < 1 : driving < -y && z > -1) {
      double whole = own + 0.25 * z * z * (a + 0.5 * b * z * z);
      moving[count] = i;
      energy[count] = whole;
      excess[count] = drive - r * (whole + 0.5 * per_xi) - (driving > y ? y : -y);
      root[count] = guess[i];
      count++;
    } else {
      fractions += xi;
      temperatures += t;
    }
  }
  double largest = count > 0 ? 1 : 0;
  for (int k = 0; k < MAX_ITERATIONS && largest > LAST_STEP; k++) {
    largest = 0;
    for (int j = 0; j < count; j++) {
      double z = root[j], zz = z * z;
      double soft = -1 / (c1 + 2 * c2 * z + zz * (3 * c3 + 4 * c4 * z));
      double newton = (excess[j] + c1 * z + zz * (c2 + c3 * z + c4 * zz)) * soft;
      double bend = newton * (c2 + 3 * c3 * z + 6 * c4 * zz) * soft;
      double next = z + newton * (bend > -0.5 && bend < 0.5 ? 1 + bend : 1);
      if (next > 1) next = 1;
      else if (next < -1) next = -1;
      root[j] = next;
      softness[j] = soft;
      double step = fabs(next - z);
      if (step > largest) largest = step;
    }
  }
  double transforming = 0;
  for (int j = 0; j < count; j++) {
    int i = moving[j];
    double z = root[j], zz = z * z, xi = 0.5 * z + 0.5;
    double t = (energy[j] + per_xi * xi - 0.25 * zz * (a + 0.5 * b * zz)) * inverse;
    guess[i] = z;
    next_fraction[i] = xi;
    next_temperature[i] = t;
    fractions += xi;
    temperatures += t;
    if (zz < 1) {
      double t_per_xi = (per_xi - z * (a + b * zz)) * inverse;
      double t_slope = (slope[i] + slope_sum + slope_per_xi * xi + 0.5 * alpha * t) * inverse;
      transforming += (strain_per_xi - alpha * t_per_xi) * (strain_per_xi - entropy * t_slope) * softness[j];
    }
  }
  double t_slopes = (slopes + size * slope_sum + slope_per_xi * fractions + 0.5 * alpha * temperatures) * inverse;
  strain_sum = size * (s_a * stress + alpha * t_0) + strain_per_xi * fractions - alpha * temperatures;
  strain_slope = size * s_a + d_s * fractions - alpha * t_slopes + 0.5 * transforming;
}

static void accept_attempt(void) {
  double entropy = 0;
  for (int i = 0; i < size; i++) {
    double xi = next_fraction[i], moved = xi - fraction[i];
    if (moved != 0) entropy += (fabs(moved) * dissipation) / next_temperature[i];
    fraction[i] = xi;
    guess[i] = 2 * xi - 1;
    temperature[i] = next_temperature[i];
    balanced[i] = next_temperature[i];
  }
  entropy_produced += entropy;
}

/* ---- load train ---- */

static void strain_train(double commanded) {
  double stretch = node_length * multiplicity, tolerance = STRAIN_TOLERANCE * (stretch * size);
  double low = -INFINITY, high = INFINITY, moved = commanded - shortening, length = 0;
  begin(force / area);
  double trial = fmax(0, force + moved / gradient_now + drift);
  for (int k = 1; k <= MAX_PASSES; k++) {
    attempt(trial / area);
    length = trial / frame + strain_sum * stretch;
    gradient_now = 1 / frame + (strain_slope * stretch) / area;
    double residual = length - commanded;
    if (fabs(residual) < tolerance || (trial == 0 && residual > 0) || k == MAX_PASSES) break;
    if (residual > 0) high = trial;
    else low = trial;
    double next = fmax(0, trial - residual / gradient_now);
    if (next > low && next < high && (k < NEWTON_PASSES || k % 2 == 0)) trial = next;
    else trial = high < INFINITY ? 0.5 * (fmax(0, low) + high) : 2 * trial;
  }
  drift = trial == 0 || force == 0 ? 0 : trial - force - moved / gradient_now;
  accept_attempt();
  double work = 0.5 * (force + trial) * (length - shortening);
  force = trial;
  shortening = length;
  work_done += work;
  if (work > 0) loading_work += work;
}
