import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';
import type { Theme } from '@mui/material';
import { deepmerge } from '@mui/utils';
import { text } from '../texts/texts.js';

/** The common part of both themes: flat surfaces, and compact tables. */
const base = () => ({
  typography: {
    // The same type face as on the chat page.
    fontFamily:
      '"Inter Variable", ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
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
        sizeSmall: { padding: '6px 10px' },
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
        slotProps: { root: { 'aria-label': undefined }, input: { 'aria-label': text('ui.selectRow') } },
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
          // The filters are in one line, beside the buttons, on a screen of 1280 px.
          '& .filter-field .MuiFormControl-root': { margin: 0, minWidth: 132 },
          '& .filter-field[data-source=q] .MuiFormControl-root': { width: 224 },
          '& .filter-field .RaFilterFormInput-spacer': { width: 8 },
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
});

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

export const lightTheme = () =>
  deepmerge(deepmerge(defaultLightTheme, base()), {
    palette: {
      mode: 'light',
      primary: { main: '#2a6a58', contrastText: '#ffffff' },
      secondary: { main: '#2a6a58', contrastText: '#ffffff' },
      success: { main: '#20663f' },
      error: { main: '#a3291f' },
      warning: { main: '#8a5300' },
      info: { main: '#275d8c' },
      text: { primary: '#1d211f', secondary: '#5d655f' },
      background: { default: '#f6f5f1', paper: '#ffffff' },
      divider: '#dfddd5',
    },
    components: {
      ...borders('#ecebe5'),
      MuiAppBar: { styleOverrides: { root: { backgroundColor: '#ffffff', color: '#1d211f' } } },
    },
  }) as RaThemeOptions;

export const darkTheme = () =>
  deepmerge(deepmerge(defaultDarkTheme, base()), {
    palette: {
      mode: 'dark',
      primary: { main: '#7cc4ac', contrastText: '#0d241c' },
      secondary: { main: '#7cc4ac', contrastText: '#0d241c' },
      success: { main: '#8fd3a9' },
      error: { main: '#f3a79e' },
      warning: { main: '#e8bf73' },
      info: { main: '#93c3ee' },
      text: { primary: '#e6e9e6', secondary: '#a0a9a3' },
      background: { default: '#141716', paper: '#1a1e1c' },
      divider: '#2e3431',
    },
    components: {
      ...borders('#272d2a'),
      MuiAppBar: { styleOverrides: { root: { backgroundColor: '#1a1e1c', color: '#e6e9e6' } } },
    },
  }) as RaThemeOptions;
