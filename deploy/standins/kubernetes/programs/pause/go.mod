module standin/pause

go 1.26.0
