import type { AnalysisLevel, DayType } from '../../pipeline/protocol.ts';

/** A mean in words: fewer than one dock, 1 dock, 12 docks. */
const few = (n: number, count: string, one: string): string => {
  if (n > 0 && n < 0.5) return `fewer than one ${one}`;
  return `${count} ${Math.round(n) === 1 ? one : `${one}s`}`;
};

/** Sentences of the view History in English. Parameters arrive formatted. */
export const history = {
  line: (period: string, observed: string) => `${period}. Observed ${observed} of the time looked at.`,
  reading: 'Reading what was recorded…',
  none: 'Nothing recorded yet',
  noneLine:
    'History tells how the network goes through time. Leave the page open and it records a snapshot every minute; or bring in recordings that you have, in Lake.',
  toLake: 'Import files in Lake',
  early: 'One snapshot so far',
  scarce: 'Less than an hour was observed here',
  earlyLine:
    'It takes two snapshots to see anything move. A first curve needs a minute of them, figures by hour and day type a few days.',
  blank: 'Nothing was recorded in this time',
  more: 'There is more at another time.',
  goTo: (days: string) => `Show ${days}`,
  failed: 'This could not be answered.',
  retry: 'Try again',
  nothing: 'Nothing in this selection.',
  unobserved: 'Nothing was observed in this selection.',
  filters: {
    title: 'Filters',
    all: 'everything',
    reach: 'How far back',
    reaches: {
      7: '7 days',
      31: '31 days',
      92: '3 months',
      366: '1 year',
      Infinity: 'Everything',
    } as Readonly<Record<number, string>>,
    level: 'Areas as',
    levels: { district: 'Arrondissements', quartier: 'Quartiers' } satisfies Record<AnalysisLevel, string>,
    area: 'Area',
    addArea: 'Choose an area…',
    without: (name: string) => `Without ${name}`,
    from: 'From',
    to: 'To',
    days: 'Days',
    dayTypes: {
      working: 'Working days',
      saturday: 'Saturdays',
      sunday: 'Sundays, holidays',
    } satisfies Record<DayType, string>,
    hours: 'Hours of the day',
    hour: (hour: number) => `${hour}:00`,
    firstHour: 'From hour',
    lastHour: 'To hour',
    clear: 'Clear filters',
    hint: 'You can also draw across a chart, or press an area.',
    unknown: (level: AnalysisLevel, n: number, codes: string, isAll: boolean) => {
      const area = level === 'quartier' ? 'quartier' : 'arrondissement';
      const none = `No ${area} or commune was recorded in this period under the ${n === 1 ? 'code' : 'codes'} ${codes}`;
      return isAll ? `${none}: all areas are shown.` : `${none}.`;
    },
    said: (chosen: string) => `Showing ${chosen}.`,
  },
  frame: {
    table: 'Table',
    definition: 'How it is counted',
    whole: 'Hours count whole, the first and the last one of the period too.',
    observed: (share: string, n: number, days: string) =>
      n === 1
        ? `Observed ${share} of the time, on 1 day.`
        : `Observed ${share} of the time, on ${days} days.`,
    all: (n: string) => `Show all ${n}`,
    unobserved: 'not observed',
    leftOut: 'left out by the filter',
    fewer: 'Fewer',
    pick: (name: string) => `Only ${name}`,
    unpick: (name: string) => `No longer only ${name}`,
  },
  columns: {
    time: 'Time',
    hour: 'Hour',
    area: 'Area',
    station: 'Station',
    mechanical: 'Mechanical',
    ebikes: 'Electric',
    docks: 'Free docks',
    empty: 'Empty',
    full: 'Full',
    index: 'Empty or full',
    service: 'Service',
    departures: 'Departures',
    arrivals: 'Arrivals',
    dayType: 'Day',
    brought: 'Brought',
    taken: 'Taken',
    morning: 'Morning',
    evening: 'Evening',
    share: 'E-bike share',
    outStations: 'Stations out',
    silent: 'Silent for a day',
    outDocks: 'Docks out',
    bikes: 'Bikes',
    days: 'Days running',
    last: 'Last day',
    action: 'Do',
    reason: 'Why',
    observed: 'Observed',
  },
  dispatch: {
    title: 'Where to bring or take bikes now',
    line: (time: string, soon: boolean) =>
      `Stations that are short of bikes or docks as of ${time}${soon ? ', or soon will be' : ''}`,
    lead: (bring: string, take: string) => `Bring bikes to ${bring} first; take some from ${take}.`,
    leadBring: (bring: string) => `Bring bikes to ${bring} first.`,
    leadTake: (take: string) => `Take bikes from ${take} first.`,
    bring: 'Bring',
    take: 'Take',
    amount: { bring: (n: string) => `bring ${n}`, take: (n: string) => `take ${n}` },
    empty: 'no bike',
    full: 'no free dock',
    bikes: (n: number, count: string) => (n === 1 ? '1 bike left' : `${count} bikes left`),
    docks: (n: number, count: string) => (n === 1 ? '1 free dock left' : `${count} free docks left`),
    loses: (n: string) => `usually loses ${n} in the coming hours`,
    gains: (n: string) => `usually gains ${n} in the coming hours`,
    alone: 'no other station within 400 m',
    aloneUnless: 'No other station within 400 m unless said otherwise.',
    nearBikes: (n: number, count: string) =>
      n === 0 ? 'no bike within 400 m' : n === 1 ? '1 bike within 400 m' : `${count} bikes within 400 m`,
    nearDocks: (n: number, count: string) =>
      n === 0
        ? 'no free dock within 400 m'
        : n === 1
          ? '1 free dock within 400 m'
          : `${count} free docks within 400 m`,
    definition:
      'A station in service counts where at most 2 bikes (or free docks) are left, now or once its usual change has happened: the mean of arrivals less departures, at the rest of this hour and the next two, on days of the same type, else on all days. What is usual takes three days on which half of each of these hours or more was observed; without them only the present stock counts. The amount would leave half of the usable docks with a bike. First comes the largest amount for what riders find within 400 m.',
  },
  network: {
    title: 'Bikes and docks through time',
    line: 'At stations: mechanical, electric, free docks; means weighted by time',
    lead: (mechanical: string, ebikes: string, docks: string) =>
      `On average ${mechanical} mechanical bikes, ${ebikes} electric ones and ${docks} free docks.`,
    mechanical: 'mechanical',
    ebikes: 'electric',
    docks: 'free docks',
    definition:
      'Sum over stations of the stock that each told, weighted by how long it stood. Time that was not observed is hatched. Bikes being ridden or in a truck are in no station.',
  },
  stockOuts: {
    title: 'Empty or full, by area and hour',
    line: {
      empty: 'Share of time in service without a bike, by the hour of the day',
      full: 'Share of time in service without a free dock, by the hour of the day',
    },
    lead: {
      empty: (name: string, share: string, hour: string) =>
        `${name} is without bikes most: ${share} of the time, and most of all at ${hour}.`,
      full: (name: string, share: string, hour: string) =>
        `${name} is without free docks most: ${share} of the time, and most of all at ${hour}.`,
    },
    leadOne: {
      empty: (name: string, share: string, hour: string) =>
        `${name} is without bikes ${share} of the time, most of all at ${hour}.`,
      full: (name: string, share: string, hour: string) =>
        `${name} is without free docks ${share} of the time, most of all at ${hour}.`,
    },
    never: { empty: 'No station was without bikes.', full: 'No station was without free docks.' },
    kind: 'Of what there is none',
    kinds: { empty: 'No bike', full: 'No dock' },
    definition:
      'Time with no bike, or with no free dock but a bike, over the time in service with both known; all stations of the area together, weighted by time. A station counts to the area in which it stands, whatever commune the portal names.',
  },
  notspot: {
    title: 'NotSpot index',
    line: 'Share of stations in service that are empty or full',
    lead: (share: string, band: string) => `${share} of stations were empty or full: ${band}.`,
    bands: ['very good', 'good', 'fair', 'poor', 'very poor'],
    empty: 'empty',
    full: 'full',
    definition:
      'Stations with no bike, or with no free dock but a bike, over stations in service; weighted by time. Bands at 5, 10, 15 and 20% (bikesharenyc, CityLab 2014).',
  },
  service: {
    title: 'Service level',
    line: 'Share of time with at least 2 bikes and 2 free docks; the target is 90%',
    lead: (share: string, n: number, above: string, all: string) => {
      const reach =
        n > 1 ? `${above} of ${all} areas reach` : `${n === 1 ? 1 : 'none'} of ${all} areas reaches`;
      return `${share} of the time one could count on both; ${reach} 90%.`;
    },
    leadOne: (share: string, isReached: boolean) =>
      `${share} of the time one could count on both: the target of 90% is ${isReached ? 'reached' : 'missed'}.`,
    target: '90%',
    definition:
      'Time with at least 2 bikes and at least 2 free docks over the time in service with both known; weighted by time. 90% is the target of ValleyBike’s service level agreement (2021).',
  },
  movements: {
    title: 'Departures by hour',
    line: 'Bikes that leave stations per hour observed: a lower bound',
    lead: (day: string, from: string, to: string, count: string) =>
      `${day}: most leave from ${from} to ${to}, at least ${count} an hour while observed.`,
    tooLittle: 'No hour was observed for half of its time: that is too little to say when bikes leave.',
    definition:
      'Falls of a station’s stock from one snapshot to the next, at most 10 minutes later, summed, per hour of the time between them. What comes and goes between two snapshots cancels, so it is a lower bound (Médard de Chardon and Caruso 2015); bikes moved by trucks are in it. An hour in which no bike of the whole network moved does not count: the data stood still. An hour is drawn where half of it or more was observed on its days; the table has the others too.',
  },
  imbalance: {
    title: 'Sources and sinks',
    line: {
      morning: 'Arrivals less departures over all moves, 7:00–10:00: left drains, right fills',
      evening: 'Arrivals less departures over all moves, 17:00–20:00: left drains, right fills',
    },
    when: 'Time of day',
    whens: { morning: 'Morning', evening: 'Evening' },
    /** Null where none drains, or none fills. */
    lead: (time: 'morning' | 'evening', source: string | null, sink: string | null, isOne: boolean) => {
      const most = isOne ? '' : ' most';
      const drains = source === null ? [] : [`${source} drains${most}`];
      const fills = sink === null ? [] : [`${sink} fills${most}`];
      return `In the ${time} ${[...drains, ...fills].join(' and ') || 'as many bikes come as go'}.`;
    },
    tooFew: 'There were fewer than 20 moves: too few to tell.',
    definition:
      '(arrivals − departures) ÷ (arrivals + departures), from −100% (a source: bikes only leave) to 100% (a sink). Moves are lower bounds, trucks included. Areas with fewer than 20 moves are only in the table.',
  },
  ebikes: {
    title: 'E-bike share by area and hour',
    line: 'Share of the bikes at stations that are electric, by the hour of the day; the fleet’s target is 40%',
    lead: (share: string, most: string, least: string) =>
      `${share} of bikes at stations are electric: most in ${most}, least in ${least}.`,
    leadOne: (share: string) => `${share} of bikes at stations are electric.`,
    definition: 'Electric over electric and mechanical bikes at stations, weighted by time.',
  },
  ranks: {
    title: 'Worst and best stations',
    line: 'By share of time with at least 2 bikes and 2 free docks',
    lead: {
      worst: (name: string, share: string) => `${name} is usable least: ${share} of the time.`,
      best: (name: string, share: string) => `${name} is usable most: ${share} of the time.`,
    },
    worst: 'Worst',
    best: 'Best',
    empties: (share: string) => `empty ${share}`,
    fulls: (share: string) => `full ${share}`,
    definition:
      'The service level of each station that was in service for at least half of the time observed. Of equals, the one that more bikes leave counts as better.',
  },
  rebalancing: {
    title: 'Rebalancing',
    line: 'Bikes brought or taken by the dozen, by area, and at what hour of the day',
    lead: (brought: string, taken: string, hour: string) =>
      `At least ${brought} bikes were brought, ${taken} taken, above all at ${hour}.`,
    none: 'No bikes were brought or taken by the dozen.',
    definition:
      'Changes of a station’s stock by at least 8 within 5 minutes, runs in one direction merged: riders hardly ever do that (99.9% of changes in 5 minutes are of 5 at most). It needs snapshots at most a few minutes apart. When the portal has stood still for more than 10 minutes, what moved meanwhile comes at once and does not count.',
  },
  stuck: {
    title: 'Stuck bikes',
    line: 'Busy stations whose stock keeps coming back to the same 1 or 2 bikes, three days running',
    lead: (n: number, count: string) =>
      n === 0
        ? 'No station looks stuck.'
        : n === 1
          ? '1 station seems to hold bikes that nobody can take.'
          : `${count} stations seem to hold bikes that nobody can take.`,
    needs: 'It takes three days in a row to tell.',
    bikes: (n: number, count: string) => (n === 1 ? '1 bike' : `${count} bikes`),
    days: (count: string) => `${count} days running`,
    definition:
      'At least 10 bikes leave in a day, no hour’s mean stock is below 1 or 2, and the stock stands at exactly that for a full hour; on three days in a row at the same number. Told is the longest such row of days.',
  },
  out: {
    title: 'Out of service',
    line: 'Stations closed or silent for a day, and docks out of order at the others',
    lead: (stations: string, docks: string | null) =>
      `On average ${docks === null ? stations : `${stations} and ${docks}`} were out of service.`,
    some: {
      stations: (n: number, count: string) => few(n, count, 'station'),
      docks: (n: number, count: string) => few(n, count, 'dock'),
    },
    stations: 'stations',
    docks: 'docks',
    definition:
      'Stations with a flag that says NO, without docks, or whose last report is older than 24 hours. Docks: capacity − bikes − free docks, where positive, at stations in service; what tells no capacity is left out.',
  },
  chart: (title: string, lead: string) => `${title}. ${lead}`,
};
