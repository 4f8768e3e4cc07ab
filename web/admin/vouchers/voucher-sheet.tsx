import { Box, Button, Dialog, DialogContent, DialogTitle, GlobalStyles } from '@mui/material';
import { basePath } from '../../api/base-path.js';
import { creditAmount } from '../../api/credits.js';
import { durationText } from '../../api/duration-text.js';
import type { CreatedVouchers } from '../../api/shop-objects.js';
import { text } from '../texts/page-texts.js';
import { dateFormat } from '../../language/message.js';

/** On paper there is nothing but the cards, black on white. */
const printStyles = {
  '@media print': {
    body: { overflow: 'visible !important', background: '#ffffff !important' },
    'body > *:not(.voucher-sheet)': { display: 'none !important' },
    '.voucher-sheet': { position: 'static !important' },
    '.voucher-sheet .MuiBackdrop-root, .voucher-sheet .MuiDialogTitle-root': {
      display: 'none !important',
    },
    '.voucher-sheet *': { color: '#000000 !important', background: 'none !important' },
    '.voucher-sheet .MuiDialog-container, .voucher-sheet .MuiPaper-root, .voucher-sheet .MuiDialogContent-root':
      { display: 'block', height: 'auto', maxHeight: 'none', overflow: 'visible', padding: 0, margin: 0 },
    '@page': { margin: '12mm' },
  },
};

/** A page to print, with a card for each code. */
export function VoucherSheet({ batch, onClose }: { batch: CreatedVouchers; onClose: () => void }) {
  return (
    <Dialog
      fullScreen
      open
      onClose={onClose}
      className="voucher-sheet"
      aria-labelledby="voucher-sheet-title"
      transitionDuration={0}
    >
      <GlobalStyles styles={printStyles} />
      <DialogTitle
        component="div"
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          alignItems: 'center',
          justifyContent: 'space-between',
        }}
      >
        <span id="voucher-sheet-title">{text('sheet.title')}</span>
        <Box sx={{ display: 'flex', gap: 1 }}>
          <Button
            variant="contained"
            autoFocus
            onClick={() => {
              print();
            }}
          >
            {text('codes.print')}
          </Button>
          <Button color="inherit" onClick={onClose}>
            {text('sheet.close')}
          </Button>
        </Box>
      </DialogTitle>
      <DialogContent>
        <Box
          component="ul"
          sx={{
            m: 0,
            p: 0,
            listStyle: 'none',
            display: 'grid',
            gap: '6mm',
            gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 80mm), 1fr))',
          }}
        >
          {batch.codes.map((code) => (
            <Card key={code} code={code} batch={batch} />
          ))}
        </Box>
      </DialogContent>
    </Dialog>
  );
}

function longDay(moment: string): string {
  return dateFormat({ dateStyle: 'long' }).format(new Date(moment));
}

function Card({ code, batch }: { code: string; batch: CreatedVouchers }) {
  const { name, credits, expires_at, credits_expire_after: lasts } = batch;
  return (
    <Box
      component="li"
      sx={{
        p: '5mm',
        border: '1px dashed',
        borderColor: 'divider',
        borderRadius: '2mm',
        breakInside: 'avoid',
        overflowWrap: 'anywhere',
        '@media print': { borderColor: '#888888' },
      }}
    >
      <Box sx={{ fontWeight: 650, fontSize: '1.2rem' }}>{creditAmount(credits)}</Box>
      {name === null ? null : <Box>{name}</Box>}
      <Box component="code" sx={{ display: 'block', my: 1, fontSize: '1.2rem', userSelect: 'all' }}>
        {code}
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: '0.85rem' }}>
        {text('sheet.redeemAt', { address: `${location.host}${basePath}/#/buy` })}
        {expires_at === null ? null : <> {text('sheet.until', { day: longDay(expires_at) })}</>}
        {lasts === null ? null : <>; {text('sheet.within', { duration: durationText(lasts) })}</>}
      </Box>
    </Box>
  );
}
