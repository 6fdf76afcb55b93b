import type { AlertShape, Frame } from "../wire";
import { preferences } from "./preferences";

/** Two tones for a high alert, one for others; Hz and seconds. */
const tones = {
  high: [
    [880, 0],
    [1175, 0.16],
  ],
  medium: [[660, 0]],
  low: [[440, 0]],
} as const satisfies Record<AlertShape["priority"], readonly (readonly [number, number])[]>;
const toneSeconds = 0.14;
const loudness = 0.12;
/** A burst is announced once. */
const restMs = 3000;

let audio: AudioContext | undefined;

/** Made of oscillators: nothing to load. */
export async function playSound(priority: AlertShape["priority"]): Promise<void> {
  audio ??= new AudioContext();
  await audio.resume();
  for (const [frequency, after] of tones[priority]) {
    const at = audio.currentTime + after;
    const tone = new OscillatorNode(audio, { frequency });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(loudness, at + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.001, at + toneSeconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + toneSeconds);
  }
}

export function notificationState(): NotificationPermission | "missing" {
  return "Notification" in globalThis ? Notification.permission : "missing";
}

/** Only ever after a click. */
export async function requestNotifications(): Promise<boolean> {
  if (notificationState() === "missing") return false;
  return (await Notification.requestPermission()) === "granted";
}

export function showNotification(title: string, body: string): void {
  const shown = new Notification(title, { body, tag: "virtuoso" });
  shown.addEventListener("click", () => {
    globalThis.focus();
    shown.close();
  });
}

/** Announces new alerts by sound and notification where the reader chose so, whether the page is visible or not. */
export function createAlertNotifier(localTime: () => number): (frame: Frame) => void {
  let reportedAt = Number.NEGATIVE_INFINITY;
  return function handle(frame: Frame): void {
    if (frame.type === "events") frame.items.forEach(handle);
    if (frame.type !== "new_alert") return;
    const { priority, message, type } = frame.alert;
    const { sound, notify } = preferences.peek();
    if (!sound.includes(priority) && !notify.includes(priority)) return;
    if (localTime() - reportedAt < restMs) return;
    reportedAt = localTime();
    // A browser refuses sound on a page without input; the page itself still shows the alert.
    if (sound.includes(priority))
      playSound(priority).catch(() => {
        audio = undefined;
      });
    if (notify.includes(priority) && notificationState() === "granted")
      showNotification(`${priority.toUpperCase()} ${type}`, message);
  };
}
