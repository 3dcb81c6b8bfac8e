import { useState } from 'react';
import { PickList } from '../../ui/pick-list';
import { SearchField } from '../../ui/search-field';
import { Select } from '../../ui/select';
import { TextField } from '../../ui/text-field';
import styles from './gallery.module.css';
import { type Exhibit, Specimen } from './section';
import { LONG, nothing } from './words';

/** What is filled in or chosen from. */
export const fields: readonly Exhibit[] = [
  { of: 'TextField', render: () => <TextFields /> },
  { of: 'SearchField', render: () => <SearchFields /> },
  { of: 'Select', render: () => <Selects /> },
  { of: 'PickList', render: () => <PickLists /> },
];

function TextFields() {
  const [text, setText] = useState('mart.daily_sales');
  const props = { value: text, onChange: setText };
  return (
    <>
      <Specimen title="with a note">
        <TextField label="Name of the model" note="Its file is written in models/" {...props} />
      </Specimen>
      <Specimen title="empty, with a placeholder">
        <TextField label="Note" value="" onChange={nothing} placeholder="Why this swap" />
      </Specimen>
      <Specimen title="error">
        <TextField label="Key" error="A key is one or more columns." isMono {...props} />
      </Specimen>
      <Specimen title="disabled, small">
        <TextField label="Environment" size="small" isDisabled {...props} />
      </Specimen>
      <Specimen title="more than one line">
        <TextField label="Comment" rows={3} value={LONG} onChange={nothing} />
      </Specimen>
    </>
  );
}

function SearchFields() {
  const [text, setText] = useState('');
  return (
    <>
      <Specimen title="with its key">
        <SearchField label="Find a model" value={text} onChange={setText} keys="F" />
      </Specimen>
      <Specimen title="small, filled">
        <SearchField label="Find a record" size="small" value="discount" onChange={nothing} />
      </Specimen>
      <Specimen title="bare">
        <SearchField label="Find a source" isBare value="" onChange={nothing} />
      </Specimen>
    </>
  );
}

function Selects() {
  const [id, setId] = useState<string | null>('prod');
  const options = [
    { id: 'prod', title: 'prod', note: 'release 12, live' },
    { id: 'dev', title: 'dev' },
    { id: 'long', title: LONG },
  ];
  return (
    <>
      <Specimen title="chosen">
        <Select label="Environment" options={options} selected={id} onSelect={setId} />
      </Specimen>
      <Specimen title="nothing chosen, small, with a note">
        <Select
          label="Side"
          size="small"
          note="choose one"
          options={options}
          selected={null}
          onSelect={setId}
        />
      </Specimen>
      <Specimen title="disabled">
        <Select label="Engine" isDisabled options={options} selected="dev" onSelect={setId} />
      </Specimen>
    </>
  );
}

function PickLists() {
  return (
    <>
      <Specimen title="options, one refused">
        <div className={styles.column}>
          <PickList
            label="What it reads"
            onPick={nothing}
            options={[
              { id: 'a', title: 'stg.products', icon: 'full', note: 'Full' },
              { id: 'b', title: 'raw.stores', icon: 'raw', note: 'Source' },
              { id: 'c', title: 'mart.store_report', note: 'That would be a circle.', isRefused: true },
            ]}
          />
        </div>
      </Specimen>
      <Specimen title="empty">
        <div className={styles.column}>
          <PickList label="Nothing to pick" options={[]} onPick={nothing} emptyText="No models yet" />
        </div>
      </Specimen>
    </>
  );
}
