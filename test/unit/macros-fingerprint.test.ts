import { describe, expect, it } from 'vitest';
import {
  expandMacros,
  type MacroContext,
  macroUses,
  readPythonMacros,
  renderForFingerprint,
} from '../../shared/project/macros';

const context: MacroContext = {
  start: Date.UTC(2025, 0, 1),
  end: Date.UTC(2025, 0, 3),
  executionTime: Date.UTC(2025, 0, 3),
  variables: { region: 'west', least: 3, strict: true, parts: ['q1', 'q2'] },
  values: { this_model: '"mart"."a"' },
  stage: 'evaluating',
};

function spelling(text: string, more: Partial<MacroContext> = {}): string {
  return renderForFingerprint(text, { ...context, ...more });
}

describe('a text for a fingerprint', () => {
  it('is the same for spellings that render to the same SQL', () => {
    const loop = 'SELECT region, @EACH(@parts, q -> AVG(@{q})::DOUBLE AS mean_@q) FROM t';
    const plain = 'select region,\n  AVG(q1)::double AS mean_q1, AVG("Q2")::DOUBLE AS mean_q2 -- two\nFROM T';
    expect(spelling(loop)).toBe(spelling(plain));
    expect(spelling('SELECT a WHERE @IF(@strict, b != 1, c)')).toBe(spelling('SELECT a WHERE b <> 1'));
    expect(spelling('SELECT a @WHERE(@strict) b')).toBe(spelling('SELECT a WHERE b'));
    expect(spelling('SELECT @x', { definitions: ['@DEF(x, 1 + 1)'] })).toBe(spelling('SELECT 1 + 1'));
  });

  it('differs where the SQL does', () => {
    expect(spelling('SELECT @region')).not.toBe(
      spelling('SELECT @region', { variables: { region: 'east' } }),
    );
    expect(spelling("SELECT 'A'")).not.toBe(spelling("SELECT 'a'"));
    expect(spelling('SELECT "a b"')).not.toBe(spelling('SELECT a b'));
  });

  it('does not know times, stages, physical tables or columns of others', () => {
    const text = 'SELECT @START_ds, @EACH([1], x -> x > @end_millis), @STAR(t) FROM t, @this_model';
    const later = {
      start: 5,
      end: 6,
      executionTime: 7,
      stage: 'creating',
      values: { this_model: 'x' },
    } as const;
    const columnsOf = () => [{ name: 'a', type: 'INT' }];
    expect(spelling(text)).toBe(spelling(text, { ...later, columnsOf }));
    expect(spelling('SELECT @start_ds')).not.toBe(spelling("SELECT '1970-01-01'"));
    expect(spelling('SELECT @start_ds')).toBe(spelling('SELECT @{START_DS}'.replace(/[{}]/g, '')));
  });

  it('is the text itself where it comes to nothing or cannot be expanded', () => {
    const statement = "@IF(@runtime_stage = 'evaluating', UPDATE t SET a = 1)";
    expect(spelling(statement)).not.toBe('');
    expect(spelling(statement)).not.toBe(spelling(statement.replace('a = 1', 'a = 2')));
    expect(spelling('SELECT @nobody')).toBe(spelling('select  @NOBODY'));
  });
});

describe('uses of macros', () => {
  it('tell the variables that texts really use, also in strings, names, definitions and calls', () => {
    const blueprint = { place: 'west', region: 'x' };
    const names = (...texts: string[]) => macroUses(texts, { ...context, blueprint });
    expect(names('SELECT @REGION, @nobody, @start_ds')).toMatchObject({
      variables: ['region'],
      blueprint: ['region'],
    });
    expect(names("SELECT @VAR('Least', 1), @BLUEPRINT_VAR('place')")).toEqual({
      variables: ['least'],
      blueprint: ['place'],
      macros: ['blueprint_var', 'var'],
    });
    expect(
      names('SELECT x_@least, "@{strict}"', "@DEF(x, @'in @place')", "SELECT @SQL('@parts')"),
    ).toMatchObject({
      variables: ['least', 'parts', 'strict'],
      blueprint: ['place'],
    });
    expect(names("SELECT '@region', $$@least$$ -- @strict")).toEqual({
      variables: [],
      blueprint: [],
      macros: [],
    });
    expect(names('SELECT @IF(@strict, @f(@EACH(@parts, x -> x)))')).toMatchObject({
      variables: ['parts', 'strict'],
      macros: ['each', 'f', 'if'],
    });
  });
});

describe('what is outside', () => {
  const python = `from sqlmesh import macro

@macro()
def add_tax(evaluator, column):
    return column

@macro("Named")
# a comment
def other(evaluator): return 1
`;

  it('are macros written in Python, each with its place', () => {
    const found = readPythonMacros('macros/tax.py', python);
    expect([...found]).toEqual([
      ['add_tax', { file: 'macros/tax.py', line: 3, column: 1 }],
      ['named', { file: 'macros/tax.py', line: 7, column: 1 }],
    ]);
    expect(expandMacros('SELECT\n  @ADD_TAX(a)', { ...context, pythonMacros: found })).toMatchObject({
      ok: false,
      problem: {
        code: 'model.unsupported',
        message: '@add_tax is written in Python (macros/tax.py:3:1), which Teal cannot run.',
        place: { line: 2, column: 3 },
      },
    });
  });

  it.each([
    'JINJA_QUERY_BEGIN;\nSELECT {{ x }}\nJINJA_END;',
    "SELECT * FROM {{ ref('a') }}",
    '{% if x %} SELECT 1 {% endif %}',
  ])('is Jinja: %s', (text) => {
    expect(expandMacros(text, context)).toMatchObject({ ok: false, problem: { code: 'model.unsupported' } });
  });

  it('is not a struct, a string or a comment that looks like Jinja', () => {
    const text = "SELECT {'a': {'b': 1}}, '{{ x }}', '{% x %}' -- {{ y }}";
    expect(expandMacros(text, context)).toMatchObject({ ok: true, value: { text } });
  });
});
