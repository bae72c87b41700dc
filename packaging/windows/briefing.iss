; The installer for Windows, made by Inno Setup 6 from the folder that PyInstaller made:
;
;   iscc /DVersion=0.1.0 packaging\windows\briefing.iss
;
; It installs for the user who runs it, or for all of them where an administrator says so.

#ifndef Version
  #error Say the version: iscc /DVersion=...
#endif

[Setup]
AppId={{6E2B7C58-3F0B-4C0E-9C55-0B5B7C1D5A10}
AppName=Briefing
AppVersion={#Version}
AppPublisher=The Briefing project
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Briefing
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
SourceDir=..\..
LicenseFile=LICENSE
OutputDir=build\windows
OutputBaseFilename=briefing-{#Version}-setup
SetupIconFile=build\icons\briefing.ico
UninstallDisplayIcon={app}\briefing-window.exe
WizardStyle=modern
Compression=lzma2
SolidCompression=yes
ChangesAssociations=yes
ChangesEnvironment=yes

[Tasks]
Name: "path"; Description: "Have the command ""briefing"" found in every terminal"; Flags: unchecked
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "build\frozen\briefing\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Briefing"; Filename: "{app}\briefing-window.exe"; AppUserModelID: "briefing"
Name: "{autodesktop}\Briefing"; Filename: "{app}\briefing-window.exe"; AppUserModelID: "briefing"; Tasks: desktopicon

[Registry]
; briefing: addresses.
Root: HKA; Subkey: "Software\Classes\briefing"; ValueType: string; ValueData: "URL:Briefing record"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\briefing"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\briefing\DefaultIcon"; ValueType: string; ValueData: "{app}\briefing-window.exe,0"
Root: HKA; Subkey: "Software\Classes\briefing\shell\open\command"; ValueType: string; ValueData: """{app}\briefing-window.exe"" ""%1"""
; Windows knows files by their endings alone, and .yaml is everybody's: Briefing is offered for it, and takes it from nobody.
Root: HKA; Subkey: "Software\Classes\Applications\briefing-window.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Briefing"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\briefing-window.exe\SupportedTypes"; ValueType: string; ValueName: ".yaml"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\briefing-window.exe\shell\open\command"; ValueType: string; ValueData: """{app}\briefing-window.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.yaml\OpenWithProgids"; ValueType: string; ValueName: "Briefing.Library"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Briefing.Library"; ValueType: string; ValueData: "Briefing library"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Briefing.Library\DefaultIcon"; ValueType: string; ValueData: "{app}\briefing-window.exe,0"
Root: HKA; Subkey: "Software\Classes\Briefing.Library\shell\open\command"; ValueType: string; ValueData: """{app}\briefing-window.exe"" ""%1"""
; A folder is a library.
Root: HKA; Subkey: "Software\Classes\Directory\shell\Briefing"; ValueType: string; ValueData: "Open in Briefing"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\Briefing"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\briefing-window.exe,0"
Root: HKA; Subkey: "Software\Classes\Directory\shell\Briefing\command"; ValueType: string; ValueData: """{app}\briefing-window.exe"" ""%1"""

[Run]
Filename: "{app}\briefing-window.exe"; Description: "{cm:LaunchProgram,Briefing}"; Flags: nowait postinstall skipifsilent

[Code]
const
  Machine = 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment';
  User = 'Environment';

function Root: Integer;
begin
  if IsAdminInstallMode then Result := HKEY_LOCAL_MACHINE else Result := HKEY_CURRENT_USER;
end;

function Key: String;
begin
  if IsAdminInstallMode then Result := Machine else Result := User;
end;

procedure CurStepChanged(Step: TSetupStep);
var
  Path: String;
begin
  if (Step = ssPostInstall) and WizardIsTaskSelected('path') then begin
    if not RegQueryStringValue(Root, Key, 'Path', Path) then Path := '';
    if Pos(';' + ExpandConstant('{app}') + ';', ';' + Path + ';') = 0 then
      RegWriteExpandStringValue(Root, Key, 'Path', Path + ';' + ExpandConstant('{app}'));
  end;
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Path: String;
begin
  if (Step = usPostUninstall) and RegQueryStringValue(Root, Key, 'Path', Path) then begin
    if StringChangeEx(Path, ';' + ExpandConstant('{app}'), '', True) > 0 then
      RegWriteExpandStringValue(Root, Key, 'Path', Path);
  end;
end;
