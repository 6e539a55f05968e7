import type { ReactElement } from "react";
import type { Figures, PageBlock } from "@/shared/api/types";
import type { BlockName } from "./arrange";
import { PaceBlock } from "./PaceBlock";
import type { Arranging } from "./PartBlock";
import { PartsBlock, PeopleBlock } from "./PartsBlock";
import { PromisesBlock } from "./PromisesBlock";
import style from "./Report.module.css";
import type { Asked } from "./ReportPage";
import { TimesBlock } from "./TimesBlock";
import { BacklogBlock, HoursBlock, VolumeBlock } from "./VolumeBlocks";

/** What every part is given. */
export interface PartProps {
  figures: Figures;
  asked: Asked;
  arranging?: Arranging;
}

const PARTS: Record<BlockName, (props: PartProps) => ReactElement> = {
  pace: PaceBlock,
  promises: PromisesBlock,
  times: TimesBlock,
  volume: VolumeBlock,
  backlog: BacklogBlock,
  hours: HoursBlock,
  reasons: (props) => <PartsBlock {...props} name="reasons" filter="reason" rows={props.figures.reasons} />,
  mailboxes: (props) => (
    <PartsBlock {...props} name="mailboxes" filter="mailbox" rows={props.figures.mailboxes} />
  ),
  people: PeopleBlock,
};

// What says nothing of a person: promises and backlog are the shop's.
const OF_THE_SHOP: BlockName[] = ["pace", "promises", "backlog"];

interface BlocksProps {
  blocks: PageBlock[];
  figures: Figures;
  asked: Asked;
  arranging?: (name: BlockName) => Arranging;
}

/** The parts of the page, as the person placed them. */
export function Blocks({ blocks, figures, asked, arranging }: BlocksProps) {
  const shown = blocks.filter(
    (it) => !it.hidden && !(asked.person && OF_THE_SHOP.includes(it.name)) && it.name in PARTS,
  );
  return (
    <div className={style.blocks}>
      {shown.map(({ name }) => {
        const One = PARTS[name];
        return <One key={name} figures={figures} asked={asked} arranging={arranging?.(name)} />;
      })}
    </div>
  );
}
