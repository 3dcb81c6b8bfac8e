import { useMemo } from 'react';
import { type Block, parseBlocks, parseInline } from './markdown';
import styles from './markdown-view.module.css';

/** Markdown as elements of the page; no HTML of the text itself is ever taken in. */
export function MarkdownView({ source }: { source: string }) {
  const blocks = useMemo(() => parseBlocks(source), [source]);
  return (
    <div className={styles.text}>
      {blocks.map((block) => (
        <BlockView key={block.line} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? (
        <h3 className={styles.title}>
          <Line text={block.text} />
        </h3>
      ) : (
        <h4>
          <Line text={block.text} />
        </h4>
      );
    case 'paragraph':
      return (
        <p>
          <Line text={block.text} />
        </p>
      );
    case 'code':
      return <pre className={styles.code}>{block.text}</pre>;
    case 'list':
      return <ListView block={block} />;
  }
}

function ListView({ block }: { block: Extract<Block, { kind: 'list' }> }) {
  const items = block.items.map((item) => (
    <li key={item}>
      <Line text={item} />
    </li>
  ));
  return block.isOrdered ? (
    <ol className={styles.list}>{items}</ol>
  ) : (
    <ul className={styles.list}>{items}</ul>
  );
}

/** One line with its `code`, strong and emphasised parts. */
export function Line({ text }: { text: string }) {
  return parseInline(text).map((part, at) => {
    const key = `${at} ${part.text}`;
    if (part.kind === 'code') return <code key={key}>{part.text}</code>;
    if (part.kind === 'strong') return <strong key={key}>{part.text}</strong>;
    if (part.kind === 'emphasis') return <em key={key}>{part.text}</em>;
    return <span key={key}>{part.text}</span>;
  });
}
