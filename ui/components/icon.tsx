import type { ComponentType } from 'react'
import {
  AppstoreOutlined, AuditOutlined, BarChartOutlined, BellOutlined, BookOutlined, CalendarOutlined, CarOutlined, CheckSquareOutlined, ClockCircleOutlined, CloudDownloadOutlined,
  ContactsOutlined, FileTextOutlined, FlagOutlined, FolderOutlined, HomeOutlined, IdcardOutlined, MailOutlined, NotificationOutlined, ProfileOutlined, ProjectOutlined,
  ReadOutlined, SafetyOutlined, ScheduleOutlined, SettingOutlined, SolutionOutlined, TeamOutlined, ToolOutlined, UserOutlined,
} from '@ant-design/icons'

/** Names a module may use for its icon. */
const ICONS: Readonly<Record<string, ComponentType>> = {
  app: AppstoreOutlined, audit: AuditOutlined, bell: BellOutlined, book: BookOutlined, calendar: CalendarOutlined, car: CarOutlined, chart: BarChartOutlined, clock: ClockCircleOutlined,
  contacts: ContactsOutlined, document: FileTextOutlined, download: CloudDownloadOutlined, 'file-text': FileTextOutlined, flag: FlagOutlined, folder: FolderOutlined, home: HomeOutlined, id: IdcardOutlined,
  leave: ClockCircleOutlined, mail: MailOutlined, meeting: TeamOutlined, news: ReadOutlined, notice: NotificationOutlined, person: UserOutlined, profile: ProfileOutlined,
  project: ProjectOutlined, safety: SafetyOutlined, schedule: ScheduleOutlined, settings: SettingOutlined, shield: SafetyOutlined, solution: SolutionOutlined, team: TeamOutlined,
  todo: CheckSquareOutlined, tool: ToolOutlined,
}

export function Icon({ name }: { readonly name: string }) {
  const Drawn = ICONS[name] ?? AppstoreOutlined
  return <Drawn aria-hidden />
}
