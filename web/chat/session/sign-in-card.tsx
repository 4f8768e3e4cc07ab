import type { ReactNode } from 'react';
import { Logo } from '../layout/icons.js';

/** The frame of a step of a sign-in. */
export function SignInCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="welcome">
      <div className="brand">
        <Logo />
        <span>metered-chat</span>
      </div>
      <section className="card">
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  );
}
