import { Check } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import { type DeviceChoice, listDevices, onDevicesChange } from '../../media/devices.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useReadable } from '../../ui/useReadable.ts';
import css from './DeviceSheet.module.css';
import { FileChoice } from './FileChoice.tsx';

/** The devices of a kind, as they are plugged in now. */
export function useDevices(kind: 'videoinput' | 'audioinput', open: boolean): readonly DeviceChoice[] {
  const [devices, setDevices] = useState<readonly DeviceChoice[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: labels come with the permission, so an opened device means reading again
  useEffect(() => {
    let current = true;
    const read = () => void listDevices(kind).then((list) => current && setDevices(list));
    read();
    const stop = onDevicesChange(read);
    return () => {
      current = false;
      stop();
    };
  }, [kind, open]);
  return devices;
}

/** Chooses camera and microphone. */
export function DeviceSheet({
  capture,
  audioOnly,
  onClose,
}: {
  readonly capture: Capture;
  readonly audioOnly: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { camera, microphone } = useReadable(capture.state);
  const cameras = useDevices('videoinput', camera.state === 'on');
  const microphones = useDevices('audioinput', microphone.state === 'on');
  const current = (device: typeof camera | typeof microphone) =>
    device.state === 'on' ? device.track.getSettings().deviceId : undefined;
  return (
    <Dialog look="sheet" title={t('preview.devices')} onClose={onClose}>
      <Choices
        label={t('preview.chooseMicrophone')}
        devices={microphones}
        chosen={current(microphone)}
        onChoose={(id) => void capture.chooseMicrophone(id)}
      />
      {!audioOnly && (
        <Choices
          label={t('preview.chooseCamera')}
          devices={cameras}
          chosen={current(camera)}
          onChoose={(id) => void capture.chooseCamera(id)}
        >
          <FileChoice capture={capture} />
        </Choices>
      )}
    </Dialog>
  );
}

interface ChoicesProps {
  readonly label: string;
  readonly devices: readonly DeviceChoice[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly children?: ReactNode;
}

function Choices({ label, devices, chosen, onChoose, children }: ChoicesProps) {
  return (
    <fieldset className={css['choices']}>
      <legend>{label}</legend>
      {devices.map((device, index) => (
        <label key={device.id} className={css['choice']}>
          <input type="radio" name={label} checked={device.id === chosen} onChange={() => onChoose(device.id)} />
          <span>{device.label || `${label} ${index + 1}`}</span>
          {device.id === chosen && <Check size={20} strokeWidth={1.75} />}
        </label>
      ))}
      {children}
    </fieldset>
  );
}
