export { AskCard } from './AskCard.tsx';
export { Gate } from './Gate.tsx';
export { RuleSection } from './RuleSection.tsx';
