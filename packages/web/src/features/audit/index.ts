export { AuditRow } from './AuditRow.tsx';
