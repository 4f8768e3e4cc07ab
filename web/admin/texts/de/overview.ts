import type { Translation } from '../../../language/message.js';
import type { overview as english } from '../en/overview.js';

export const overview: Translation<typeof english> = {
  'overview.title': 'Übersicht',
  'overview.period': 'Zeitraum',
  'overview.days': { one: '{count} Tag', other: '{count} Tage' },
  'figure.activeAccounts': 'Aktive Konten',
  'figure.newAccounts': 'Neue Konten',
  'figure.chats': 'Chats',
  'figure.failed': 'Fehlgeschlagen',
  'figure.cancelled': 'Abgebrochen',
  'figure.charged': '{unit} abgebucht',
  'figure.granted': '{unit} gutgeschrieben',
  'figure.notCollected': '{unit} nicht eingezogen',
  'chart.byDay': '{what} je Tag',
  'chart.byModelAndDay': '{unit} je Modell und Tag',
  'chart.value': '{name}: {value}',
  'chart.chats': 'Chats',
  'chart.chargedForChats': 'Für Chats abgebucht',
  'chart.chargedForActions': 'Für andere Aktionen abgebucht',
  'chart.granted': 'Gutgeschrieben',
  'chart.accounts': 'Aktive und neue Konten',
  'chart.active': 'Aktiv',
  'chart.new': 'Neu',
  'chart.incomplete': 'Chats ohne vollständige Antwort',
  'chart.otherModels': 'Andere Modelle',
  'actions.title': 'Nach Aktion',
  'actions.action': 'Aktion',
  'actions.charges': 'Abbuchungen',
  'actions.notCollected': 'Nicht eingezogen',
  'modelTable.title': 'Nach Modell',
  'modelTable.none': 'In diesem Zeitraum gab es keine Chats.',
  'modelTable.half': 'Hälfte in',
  'modelTable.most': '95 % in',
  'modelTable.times': 'Die Zeiten gelten für vollständige Antworten, von der Anfrage bis zum Ende.',
  'revenue.title': 'Einnahmen',
  'revenue.currency': 'Währung',
  'revenue.ordersIn': 'Bestellungen in {currency}',
  'revenue.orders': 'Bezahlte Bestellungen',
  'revenue.paid': 'Bezahlt',
  'revenue.refunded': 'Erstattet',
  'revenue.kept': 'Behalten',
  'revenue.about': 'Von den Bestellungen dieses Zeitraums, mit dem, was seither erstattet wurde.',
  'topAccounts.title': 'Konten mit den höchsten Ausgaben',
  'topAccounts.account': 'Konto',
  'topAccounts.chargesOf': '{charges} Abbuchungen von {username}',
  'ledger.title': 'Buchführung',
  'ledger.sound': 'Die Buchführung stimmt: Alle {count} Regeln sind erfüllt.',
  'ledger.notSound': {
    one: 'Die Buchführung stimmt nicht: {count} Regel ist verletzt. Suchen Sie die Ursache, bevor Sie ein Guthaben ändern.',
    other:
      'Die Buchführung stimmt nicht: {count} Regeln sind verletzt. Suchen Sie die Ursache, bevor Sie ein Guthaben ändern.',
  },
  'ledger.overdue': {
    one: '{count} Reservierung ist überfällig. Der Server gibt sie in wenigen Sekunden frei.',
    other: '{count} Reservierungen sind überfällig. Der Server gibt sie in wenigen Sekunden frei.',
  },
  'ledger.holds': 'Erfüllt',
  'ledger.broken': 'Verletzt',
  'ledger.brokenBy': { one: 'Verletzt durch {count} Zeile.', other: 'Verletzt durch {count} Zeilen.' },
  'rule.balances_match_entries':
    'Jedes Guthaben ist die Summe seiner Einträge ohne die offenen Reservierungen',
  'rule.no_negative_balance': 'Kein Guthaben ist negativ',
  'rule.holds_end_once':
    'Eine Reservierung ist offen oder auf genau eine Art beendet: abgerechnet, freigegeben oder verfallen',
  'rule.captures_within_holds':
    'Was abgerechnet wurde, liegt zwischen 0 und dem, was reserviert und darüber hinaus entnommen wurde',
  'rule.charges_match_replies':
    'Zu jeder Abbuchung gibt es die gespeicherte Antwort, und zu jeder vollständigen Antwort die Abbuchung',
  'rule.entries_append_only': 'Die Datenbank lehnt es ab, Einträge zu ändern oder zu löschen',
  'rule.idempotency_keys_unique': 'Zu jedem Konto und Idempotenzschlüssel gibt es höchstens einen Chat',
  'rule.credits_conserved':
    'Alles, was gutgeschrieben wurde, ist die Summe aller Guthaben, Reservierungen und Abbuchungen',
  'rule.lots_match_balances':
    'Guthaben und offene Reservierungen eines Kontos sind so viel, wie von seinen Posten übrig ist, sobald diese aktuell sind',
  'rule.lots_end_in_time':
    'Von einem Posten sind zwischen 0 und seinem Betrag übrig; zwei Minuten nach seinem Verfall nur noch, was frühere Reservierungen entnehmen dürfen',
  'rule.allowances_given_once': 'Zu jedem Konto und Zeitraum gibt es höchstens einen Freibetrag',
  'rule.caps_match_exchanges':
    'Was eine Ausgabengrenze gezählt hat, ist die Summe der Abbuchungen ihres Zeitraums und der offenen Reservierungen',
  'rule.payments_credited_once':
    'Jede Zahlung ist einmal gutgeschrieben, und was erstattet wurde, ist einmal zurückgenommen: vom Guthaben oder als Schulden',
  'rule.vouchers_redeemed_once':
    'Ein Gutschein ist je Konto höchstens einmal eingelöst, so oft, wie er es zählt und erlaubt, und jedes Mal mit seinem Eintrag',
};
