# escape=`
FROM mcr.microsoft.com/windows/nanoserver
COPY a.txt C:\dir\
RUN dir `
  C:\dir ` 	
  # c
  /b
RUN <<EOF
echo 1
EOF
CMD a