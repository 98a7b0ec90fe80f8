/** Units as a person chose them: value, difference, digits, and the name in an export. */
import { pageGlobals } from './page-globals.ts';
import { afterEach, describe, expect, it } from 'vitest';
import * as units from '../../ui/units.ts';

describe('units', () => {
  afterEach(() => {
    expect(pageGlobals.location.hash).toBe('');
    units.chosen.temperature.value = '°C';
    units.chosen.pressure.value = 'bar';
    units.chosen.power.value = 'W';
  });

  const shown = (value: number, unit: string): number => units.convert(value, units.conversionOf(unit));

  it('are the channel’s own until somebody chooses', () => {
    expect(shown(21.5, '°C')).toBe(21.5);
    expect(units.nameShown('room_C', '°C')).toBe('room_C');
  });

  it('convert temperatures with their zero, differences without', () => {
    units.chosen.temperature.value = 'K';
    expect(shown(21.5, '°C')).toBeCloseTo(294.65, 9);
    expect(units.convert(2, units.differenceOf('°C'))).toBe(2);
    expect(units.differenceOf('°C').unit).toBe('K');
  });

  it('call a difference of °C K, whatever temperatures are shown in', () => {
    expect(units.differenceOf('°C').unit).toBe('K');
  });

  it('keep the digits that the channel has', () => {
    units.chosen.pressure.value = 'kPa';
    units.chosen.power.value = 'kW';
    expect(shown(1.234, 'bar')).toBeCloseTo(123.4, 9);
    expect(units.decimalsOf(3, units.conversionOf('bar'))).toBe(1);
    expect(shown(882, 'W')).toBeCloseTo(0.882, 9);
    expect(units.decimalsOf(0, units.conversionOf('W'))).toBe(3);
  });

  it('stand in the name of an exported column, in the middle of it too', () => {
    units.chosen.temperature.value = 'K';
    units.chosen.pressure.value = 'kPa';
    units.chosen.power.value = 'kW';
    expect(units.nameShown('cell_1_min_C', '°C')).toBe('cell_1_min_K');
    expect(units.nameShown('peak_pressure_bar', 'bar')).toBe('peak_pressure_kPa');
    expect(units.nameShown('cooling_power_W_residual', 'W')).toBe('cooling_power_kW_residual');
    expect(units.nameShown('flow_kg_per_s', 'kg/s')).toBe('flow_kg_per_s');
    // a residual of °C is K already, whatever its name says
    expect(units.nameShown('cold_outlet_mean_C_residual', 'K')).toBe('cold_outlet_mean_C_residual');
  });
});
