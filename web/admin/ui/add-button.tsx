import AddIcon from '@mui/icons-material/Add';
import { Button } from '@mui/material';
import { Link, useCreatePath, useResourceContext } from 'react-admin';
import { text } from '../texts/texts.js';

/** Leads to the page that adds a record. */
export function AddButton() {
  const createPath = useCreatePath();
  const resource = useResourceContext();
  return (
    <Button
      component={Link}
      to={createPath({ resource: resource ?? '', type: 'create' })}
      size="small"
      startIcon={<AddIcon />}
      sx={{ whiteSpace: 'nowrap' }}
    >
      {text('ui.add')}
    </Button>
  );
}
