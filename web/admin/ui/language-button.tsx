import LanguageIcon from '@mui/icons-material/Translate';
import { IconButton, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { chooseLanguage } from '../../language/browser-language.js';
import { commonText } from '../../language/common-texts/texts.js';
import { languages, type Language } from '../../language/language.js';
import { useLanguage } from '../../language/use-language.js';
import { text } from '../texts/texts.js';

/** Opens the choice of the language of all pages in this browser. */
export function LanguageButton() {
  const language = useLanguage();
  const notify = useNotify();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => {
    setAnchor(null);
  };
  const choose = (chosen: Language) => {
    close();
    chooseLanguage(chosen).catch(() => {
      notify(commonText('language.failed'), { type: 'error' });
    });
  };
  const label = text('menu.language', { language: languages[language] });
  return (
    <>
      <IconButton
        color="inherit"
        aria-haspopup="menu"
        aria-label={label}
        title={label}
        onClick={({ currentTarget }) => {
          setAnchor(currentTarget);
        }}
      >
        <LanguageIcon />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        {(Object.keys(languages) as Language[]).map((code) => (
          <MenuItem
            key={code}
            role="menuitemradio"
            aria-checked={code === language}
            selected={code === language}
            lang={code}
            onClick={() => {
              choose(code);
            }}
          >
            {languages[code]}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
