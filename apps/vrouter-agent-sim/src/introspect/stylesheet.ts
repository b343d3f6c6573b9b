/**
 * What `universal_parse.xsl` makes of an answer for people with a browser: lists become tables, and what can be asked
 * for becomes a form. Our own, in place of the real agent's.
 */
export const STYLESHEET = `<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8"/>
  <xsl:template match="/">
    <html>
      <head>
        <title><xsl:value-of select="name(*)"/></title>
        <style>body{font:15px/1.5 system-ui;margin:2rem} table{border-collapse:collapse} th,td{border:1px solid #8884;padding:.2rem .5rem;text-align:left} label{margin-right:1rem}</style>
      </head>
      <body>
        <p><a href="/">All modules</a></p>
        <h1><xsl:value-of select="name(*)"/></h1>
        <xsl:apply-templates select="*"/>
      </body>
    </html>
  </xsl:template>
  <xsl:template match="*[@type='rlist']">
    <xsl:for-each select="*">
      <h2><xsl:value-of select="name()"/></h2>
      <form method="get" action="/Snh_{name()}">
        <xsl:for-each select="*">
          <label><xsl:value-of select="name()"/> <input name="{name()}"/></label>
        </xsl:for-each>
        <button>Send</button>
      </form>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="*[@type='sandesh']">
    <xsl:apply-templates select="*"/>
  </xsl:template>
  <xsl:template match="*[@type='list']">
    <h2><xsl:value-of select="name()"/> (<xsl:value-of select="list/@size"/>)</h2>
    <table>
      <tr><xsl:for-each select="list/*[1]/*"><th><xsl:value-of select="name()"/></th></xsl:for-each></tr>
      <xsl:for-each select="list/*">
        <tr><xsl:for-each select="*"><td><xsl:value-of select="."/></td></xsl:for-each></tr>
      </xsl:for-each>
    </table>
  </xsl:template>
  <xsl:template match="*">
    <p><xsl:value-of select="name()"/>: <xsl:value-of select="."/></p>
  </xsl:template>
</xsl:stylesheet>
`;
