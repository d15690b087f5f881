import { Component, type ComponentChildren, type FunctionComponent } from 'preact';

/** A component that is rendered again only when a member of its props is another one. */
export const pure = <P extends object>(
  show: (props: P) => ComponentChildren,
): FunctionComponent<P> => {
  class Pure extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const last = this.props as P;
      return (Object.keys(next) as (keyof P)[]).some((member) => next[member] !== last[member]);
    }
    override render(props: P): ComponentChildren {
      return show(props);
    }
  }
  return Pure as unknown as FunctionComponent<P>;
};
