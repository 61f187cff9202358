@echo off
rem Starts Lozenge. Takes the java of JAVA_HOME, else the one on the PATH; 17 or newer. JAVA_OPTS are passed on.
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA_EXE=java.exe"
if defined JAVA_HOME set "JAVA_EXE=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%JAVA_EXE%" (
    echo error: JAVA_HOME is '%JAVA_HOME%', but there is no bin\java.exe in it. Set it to a JDK 17 or newer, or unset it. 1>&2
    exit /b 2
)
"%JAVA_EXE%" -version >nul 2>&1
if errorlevel 1 (
    echo error: There is no java on the PATH. Install a JDK 17 or newer, or set JAVA_HOME to one. 1>&2
    exit /b 2
)
for /f "tokens=3" %%v in ('""%JAVA_EXE%" -version 2^>^&1 ^| findstr /i " version ""') do set "VERSION=%%~v"
for /f "delims=.-+" %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% LSS 17 (
    echo error: Lozenge needs Java 17 or newer, but '%JAVA_EXE%' is Java %VERSION%. Set JAVA_HOME to a newer one. 1>&2
    exit /b 2
)
"%JAVA_EXE%" --class-path "%HOME_DIR%\lib\lozenge-app.jar" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable -Djava.awt.headless=true %JAVA_OPTS% org.lozenge.app.Main %*
exit /b %ERRORLEVEL%
