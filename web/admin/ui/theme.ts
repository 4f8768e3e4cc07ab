import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';
import type { Theme } from '@mui/material';
import { deepmerge } from '@mui/utils';

const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';

/** The common part of both themes: system fonts, flat surfaces, and compact tables. */
const base = {
  typography: {
    fontFamily,
    fontSize: 13.5,
    h5: { fontSize: '1.375rem', fontWeight: 650 },
    h6: { fontSize: '1rem', fontWeight: 650 },
    button: { textTransform: 'none', fontWeight: 600 },
  },
  shape: { borderRadius: 6 },
  sidebar: { width: 205, closedWidth: 50 },
  components: {
    MuiButtonBase: {
      styleOverrides: {
        root: { '&.Mui-focusVisible': { outline: '2px solid currentcolor', outlineOffset: -2 } },
      },
    },
    MuiTableCell: {
      styleOverrides: {
        root: { fontVariantNumeric: 'tabular-nums' },
        head: { fontWeight: 650, whiteSpace: 'nowrap' },
      },
    },
    MuiListItemText: { styleOverrides: { root: { overflowWrap: 'anywhere' } } },
    MuiDialogTitle: { styleOverrides: { root: { overflowWrap: 'anywhere' } } },
    MuiTextField: { defaultProps: { variant: 'outlined', margin: 'none', size: 'small' } },
    MuiFormControl: { defaultProps: { variant: 'outlined', margin: 'none', size: 'small' } },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiCard: { defaultProps: { variant: 'outlined' } },
    MuiAppBar: { defaultProps: { elevation: 0 } },
    MuiListItemIcon: { styleOverrides: { root: { minWidth: 36 } } },
    // react-admin names the element around a row's checkbox; screen readers read only the name of the input.
    MuiCheckbox: {
      defaultProps: {
        slotProps: { root: { 'aria-label': undefined }, input: { 'aria-label': 'Select this row' } },
      },
    },
    MuiToggleButton: {
      styleOverrides: {
        root: ({ theme }: { theme: Theme }) => ({ color: theme.palette.text.primary }),
      },
    },
    MuiChip: { defaultProps: { size: 'small' } },
    // The text at the end of a row has the same contrast as the rest.
    RaSimpleList: { styleOverrides: { root: { '& .RaSimpleList-tertiary': { opacity: 1 } } } },
    // Only tables scroll sideways.
    RaDataTable: { styleOverrides: { root: { '& .RaDataTable-tableWrapper': { overflowX: 'auto' } } } },
    RaList: {
      styleOverrides: {
        root: {
          paddingTop: 8,
          '& .RaList-main': { minWidth: 0 },
          '& .RaFilterForm-root, & form': { rowGap: 8 },
        },
      },
    },
    RaAppBar: { defaultProps: { color: 'default' } },
    RaToolbar: {
      styleOverrides: {
        root: ({ theme }: { theme: Theme }) => ({ backgroundColor: theme.palette.background.paper }),
      },
    },
  },
};

const borders = (color: string) => ({
  RaAppBar: {
    styleOverrides: { root: { borderBottom: `1px solid ${color}` } },
  },
  RaMenuItemLink: {
    styleOverrides: {
      root: {
        borderRadius: 6,
        margin: '2px 6px',
        '&.RaMenuItemLink-active': { fontWeight: 650, backgroundColor: color },
      },
    },
  },
});

export const lightTheme = deepmerge(deepmerge(defaultLightTheme, base), {
  palette: {
    mode: 'light',
    primary: { main: '#24604f', contrastText: '#ffffff' },
    secondary: { main: '#24604f', contrastText: '#ffffff' },
    success: { main: '#1d6b3a' },
    error: { main: '#b3261e' },
    warning: { main: '#8a5300' },
    info: { main: '#275d8c' },
    text: { primary: '#1c2321', secondary: '#55605c' },
    background: { default: '#f6f7f5', paper: '#ffffff' },
    divider: '#dfe3e0',
  },
  components: {
    ...borders('#e6ebe8'),
    MuiAppBar: { styleOverrides: { root: { backgroundColor: '#ffffff', color: '#1c2321' } } },
  },
}) as RaThemeOptions;

export const darkTheme = deepmerge(deepmerge(defaultDarkTheme, base), {
  palette: {
    mode: 'dark',
    primary: { main: '#86cdb5', contrastText: '#0d211b' },
    secondary: { main: '#86cdb5', contrastText: '#0d211b' },
    success: { main: '#86d19f' },
    error: { main: '#f4a29b' },
    warning: { main: '#e8bf73' },
    info: { main: '#93c3ee' },
    text: { primary: '#e6eae8', secondary: '#a9b3af' },
    background: { default: '#131716', paper: '#1b201f' },
    divider: '#303836',
  },
  components: {
    ...borders('#2b3331'),
    MuiAppBar: { styleOverrides: { root: { backgroundColor: '#1b201f', color: '#e6eae8' } } },
  },
}) as RaThemeOptions;
