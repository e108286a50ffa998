# Completes netkeep in PowerShell.
Register-ArgumentCompleter -Native -CommandName netkeep -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $elements = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition })
    $before = @($elements | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    })
    $word = "$wordToComplete".Trim("'", '"')
    # Names are UTF-8, whatever the console's code page is.
    [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
    & PROGRAM completions powershell "--word=$word" -- @before 2>$null | ForEach-Object {
        $text, $shown, $about = $_.Split("`t")
        if (-not $about) { $about = $shown }
        [System.Management.Automation.CompletionResult]::new($text, $shown, 'ParameterValue', $about)
    }
}
