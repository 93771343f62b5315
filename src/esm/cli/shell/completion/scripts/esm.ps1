# Completion of esm for PowerShell.  In $PROFILE:  esm completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName esm -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.ToString()
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    if ($length -lt $line.Length) { $line = $line.Substring(0, $length) } else { $line = $line.PadRight($length) }
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
        $Env:_ESM_COMPLETE = 'powershell'
        $Env:_ESM_COMPLETE_LINE = $line
        $kind, $lines = @(esm 2> $null)
        foreach ($each in $lines) {
            $value, $shown, $about = $each -split "`t", 3
            [System.Management.Automation.CompletionResult]::new($value, $shown, 'ParameterValue', $about)
        }
    }
    finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item Env:_ESM_COMPLETE, Env:_ESM_COMPLETE_LINE -ErrorAction SilentlyContinue
    }
}
