@echo off
setlocal
set "home=%~dp0.."
if defined JAVA_HOME (set "java=%JAVA_HOME%\bin\java.exe") else (set "java=java")
"%java%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.awt.headless=true %JAVA_OPTS% -cp "%home%\lib\@jar@" org.lozenge.app.Main %*
exit /b %ERRORLEVEL%
