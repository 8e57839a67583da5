// A chief who answers everything, page by page.
import { PERSONS, POSTS, TEMPS, type Chief } from './chief';
import type { Stratum } from './register';

const INITIATIVES = [
  'Ökade ekonomiska resurser',
  'Ökad bemanning',
  'Utvecklade arbetssätt för ökad kontinuitet',
  'Utökade möjligheter till kompetensutveckling och fortbildning',
  'Utvecklade kunskapsstöd',
  'Utökade möjligheter för patienters egenvård (t.ex. självmonitorering)',
  'Införa listningstak',
  'Utvecklade digitala lösningar',
  'Stärkt samverkan med andra vårdgivare',
];
const PARTNERS = [
  'Den specialiserade vården',
  'Elevhälsan',
  'Socialtjänsten',
  'Kommunal hemsjukvård',
  'Särskilda boenden',
];
const OBSTACLES = [
  'Brist på ekonomiska resurser',
  'Brist på personal med rätt kompetens',
  'Bristande kunskap om effektiva metoder',
  'Bristande förändringsvilja hos personalen',
];

/** A page of the questionnaire: its heading, and how it is answered so that every branch opens. */
export interface Page {
  heading: string;
  answer: (chief: Chief) => Promise<void>;
}

const COMMON: Page[] = [
  {
    heading: 'Om vårdcentralen',
    answer: async chief => {
      await chief.field(/invånare är listade/).fill('100');
      await chief.choose(/vilken regi/, 'Offentlig');
    },
  },
  {
    heading: 'Bemanning och kompetensförsörjning',
    answer: async chief => {
      await chief.cell(PERSONS, 'Distriktssköterskor').fill('4');
      await chief.cell(POSTS, 'Distriktssköterskor').fill('3,5');
      await chief.cell(TEMPS, 'Distriktssköterskor').fill('½');
      await chief.none('Dietister').check();
      await chief.cell('Antal personer', 'ST-läkare i allmänmedicin').fill('2');
      await chief.cell('Heltidstjänster', 'ST-läkare i allmänmedicin').fill('1,75');
    },
  },
  {
    heading: 'Bemanning och kompetensförsörjning',
    answer: async chief => {
      await chief.choose(/Behöver vårdcentralen anställa fler/, 'Ja');
      await chief.cell('Ytterligare heltidstjänster', 'Distriktssköterskor').fill('1,5');
      await chief.choose(/ekonomiskt utrymme/, 'Delvis');
    },
  },
  {
    heading: 'Förutsättningar för omställningen till en god och nära vård',
    answer: async chief => {
      for (const initiative of INITIATIVES) await chief.rate(initiative, 'Ganska viktigt');
      for (const partner of PARTNERS) await chief.rate(partner, 'Bra');
      await chief.tick('Sekretesshinder för att överföra information');
      await chief.choose(/läkarmedverkan/, 'Bra');
    },
  },
  {
    heading: 'Förutsättningar för omställningen till en god och nära vård',
    answer: async chief => {
      await chief.choose(/förutsättningar för att förebygga ohälsa/, 'Dåliga');
      for (const obstacle of OBSTACLES) await chief.rate(obstacle, 'Litet hinder');
      await chief.tick('Ja, i studier');
    },
  },
  {
    heading: 'Avslutning',
    answer: async chief => {
      await chief.choose(/Vilken befattning/, 'Annan');
      await chief.field('Ange vilken befattning').fill('Teamledare');
      await chief.field(/övriga kommentarer/).fill('Vi behöver fler distriktssköterskor.');
    },
  },
];

const PARTICULAR: Page = {
  heading: 'Särskilda förutsättningar',
  answer: async chief => {
    await chief.field(/de patientgrupper som ni möter/).fill('Fler hembesök.');
    await chief.choose(/ställa upp på en intervju/, 'Ja');
    await chief.field('Namn').fill('Kim Ek');
    await chief.field('E-postadress').fill('kim.ek@example.se');
  },
};

export function pagesOf(stratum: Stratum): Page[] {
  return stratum === 'ordinary' ? COMMON : [...COMMON, PARTICULAR];
}
